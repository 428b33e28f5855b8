"""A KPI asked for through the semantic layer is the KPI that the SQL macro gives, in total and by a name.

One process asks for all of them: importing MetricFlow takes longer than every query together.
"""

import pytest

# A dimension of each mart that KPIs run over, as the semantic layer names it.
DIMENSIONS = {
    "fact_queue_visits": ("queue_visit__queue_name", "queue_name"),
    "fact_agent_legs": ("agent_leg__agent_name", "agent_name"),
    "fact_agent_intervals": ("agent_interval__team_name", "team_name"),
    "fact_self_service_sessions": ("self_service_session__channel_name", "channel_name"),
    "fact_contacts": ("contact__contact_reason_name", "contact_reason_name"),
}


@pytest.fixture(scope="module")
def compiled_metrics(warehouse):
    """SQL of the semantic layer by mart: all its KPIs in total, and by one dimension."""
    from dbt_metricflow.cli.cli_configuration import CLIConfiguration
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

    configuration = CLIConfiguration()
    configuration.setup(configure_file_logging=False)

    def sql(metrics, dimensions):
        request = MetricFlowQueryRequest.create(metric_names=metrics, group_by_names=dimensions)
        return configuration.mf.explain(request).sql_statement.sql

    compiled = {
        relation: (
            sql(names, []),
            sql(names, [DIMENSIONS[relation][0]]),
        )
        for relation, names in _kpis(warehouse).items()
    }
    return compiled


def _kpis(warehouse):
    rows = warehouse.execute(
        "select relation, list(kpi_name order by kpi_name) from marts.dim_kpi group by relation"
    ).fetchall()
    return dict(rows)


@pytest.mark.parametrize("relation", DIMENSIONS)
def test_metric_equals_macro(relation, warehouse, compiled_metrics):
    names = _kpis(warehouse)[relation]
    expressions = dict(warehouse.execute("select kpi_name, expression from marts.dim_kpi").fetchall())
    columns = ", ".join(f"{expressions[name]} as {name}" for name in names)
    in_total, by_dimension = compiled_metrics[relation]
    _, dimension = DIMENSIONS[relation]

    _assert_same(
        _values(warehouse, in_total, names),
        _values(warehouse, f"select {columns} from marts.{relation} as v", names),
    )
    _assert_same(
        _values(warehouse, by_dimension, names),
        _values(warehouse, f"select {dimension}, {columns} from marts.{relation} as v group by {dimension}", names),
    )


def _assert_same(metrics, macros):
    assert metrics.keys() == macros.keys()
    for member, values in macros.items():
        assert metrics[member] == pytest.approx(values, abs=1e-9), member


def _values(warehouse, sql, names):
    cursor = warehouse.execute(sql)
    found = [description[0] for description in cursor.description]
    others = [name for name in found if name not in names]
    rows = [dict(zip(found, row, strict=True)) for row in cursor.fetchall()]
    assert rows
    return {
        tuple(row[name] for name in others): {name: None if row[name] is None else float(row[name]) for name in names}
        for row in rows
    }
