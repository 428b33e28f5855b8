"""The generated KPI tables give what the macros give over the marts, by the date that the registry names."""

import pytest

# Tables, and per table the columns of a mart that stand behind its members.
TABLES = {
    "kpi_daily": [],
    "kpi_daily_by_channel": ["channel_key"],
    "kpi_daily_by_agent": ["agent_key"],
}
# Marts of which a table shows a part of the rows, or by another date or column.
ROWS = {
    ("kpi_daily", "fact_agent_legs"): "v.direction = 'inbound'",
    ("kpi_daily_by_channel", "fact_agent_legs"): "v.direction = 'inbound'",
    ("kpi_daily", "fact_busy_hours"): "v.scope = 'center'",
    ("kpi_daily_by_channel", "fact_busy_hours"): "v.scope = 'channel'",
}
DATES = {("kpi_daily_by_agent", "fact_agent_legs"): "connected_date"}
COLUMNS = {("kpi_daily_by_agent", "fact_contacts"): ["handling_agent_key"]}


@pytest.mark.parametrize("table", TABLES)
def test_a_kpi_table_gives_what_the_macros_give(table, warehouse):
    kpis = warehouse.execute(
        f"""
        select kpi_name, relation, expression, time_column, shape, parameter_expression
        from marts.dim_kpi
        where kpi_name in (select kpi_name from kpis.{table})
        """
    ).fetchall()
    assert kpis
    members = TABLES[table]
    for kpi, relation, expression, time_column, shape, within_expression in kpis:
        where = ROWS.get((table, relation), "true")
        date = f"v.{DATES.get((table, relation), time_column)}"
        columns = [date, *(f"v.{column}" for column in COLUMNS.get((table, relation), members))]
        if shape == "share":
            expression = within_expression.replace("within", date)
        expected = warehouse.execute(
            f"select {', '.join(columns)}, cast({expression} as double) from marts.{relation} as v where {where}"
            f" group by {', '.join(columns)}"
        ).fetchall()
        shown = warehouse.execute(
            f"select {', '.join(['kpi_date', *members])}, value from kpis.{table} where kpi_name = ?", [kpi]
        ).fetchall()
        found = {tuple(member): value for *member, value in shown}
        assert found == {tuple(member): approximately(value) for *member, value in expected}, kpi


def approximately(value):
    return value if value is None else pytest.approx(value, abs=1e-9)
