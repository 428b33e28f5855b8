"""The generated KPI tables give what the macros give over the marts, by the date that the registry names."""

import re
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[2] / "models" / "kpis"
# Period and dimension of each table, as its model asks for them.
TABLES = {
    file.stem: (asked[1], asked[2] or "center")
    for file in sorted(MODELS.glob("*.sql"))
    if (asked := re.search(r"kpi_table\('(\w+)'(?:, by='(\w+)')?\)", file.read_text(encoding="utf-8")))
}
PERIODS = {
    "day": "v.{date}",
    "month": "cast(date_trunc('month', v.{date}) as date)",
    "interval": "time_bucket(interval 15 minutes, v.{instant})",
}
INSTANTS = {"fact_queue_visits": "offered_at", "fact_queue_intervals": "interval_start_at"}
TOLERANCE = 1e-9


def test_the_tables_are_found():
    assert {"kpi_daily", "kpi_monthly_by_agent", "kpi_interval_by_queue"} < TABLES.keys()


@pytest.mark.parametrize("table", TABLES)
def test_a_kpi_table_gives_what_the_macros_give(table, warehouse):
    described = warehouse.execute(f"describe kpis.{table}").fetchall()
    period_name, *columns = [column for column, *_ in described]
    keys = [column for column in columns if column.endswith("_key") or column == "currency_code"]
    relations = warehouse.execute(
        f"""
        select relation, time_column, list((kpi_name, expression, parameter_expression, shape))
        from marts.dim_kpi
        where kpi_name in (select kpi_name from kpis.{table})
        group by all
        """
    ).fetchall()
    assert relations
    expected = " union all ".join(values_of_macros(table, keys, *relation) for relation in relations)
    identity = ", ".join([period_name, *keys, "kpi_name"])
    differences = warehouse.execute(
        f"""
        with shown as (select {identity}, value, true as is_there from kpis.{table}),
        expected as (select *, true as is_there from ({expected}) as macros ({identity}, value))
        select {identity}, expected.value as expected, shown.value as shown
        from shown
        full join expected using ({identity})
        where
            shown.is_there is null or expected.is_there is null
            or (shown.value is null) <> (expected.value is null)
            or abs(shown.value - expected.value) > {TOLERANCE} * greatest(1, abs(expected.value))
        """
    ).fetchmany(5)
    assert differences == []


def values_of_macros(table, keys, relation, time_column, kpis):
    """SQL for every KPI of one mart, by the period and the members of the table."""
    period, by = TABLES[table]
    is_of_agents = by in ("team", "agent")
    where = "true"
    # Where a table shows a part of a mart's rows, or by another date or column.
    if relation == "fact_busy_hours":
        where = f"v.scope = '{by}'"
    elif relation == "fact_agent_legs":
        time_column = "connected_date" if is_of_agents else time_column
        where = "true" if is_of_agents else "v.direction = 'inbound'"
    if relation == "fact_contacts":
        keys = [{"agent_key": "handling_agent_key"}.get(key, key) for key in keys]
    start = PERIODS[period].format(date=time_column, instant=INSTANTS.get(relation))
    groups = ", ".join([start, *(f"v.{key}" for key in keys)])
    values = ", ".join(
        f"{{'kpi_name': '{kpi}', 'value': cast({of_period.replace('within', start) if shape == 'share' else total} as"
        " double)}"
        for kpi, total, of_period, shape in kpis
    )
    return f"""
        select * exclude (kpis), unnest(kpis, recursive := true)
        from (select {groups}, [{values}] as kpis from marts.{relation} as v where {where} group by {groups}) as g
    """
