"""A KPI asked for through the semantic layer is the KPI that the SQL macro gives, in total and by its dimensions.

One process asks for all of them: importing MetricFlow takes longer than every query together.
"""

from datetime import datetime
from typing import NamedTuple

import pytest

from scripts.registry import RefusedError

LEAST_DIMENSIONS = 3
# Relations that have no more dimensions than these, all of which are compared.
FEW_DIMENSIONS = {"fact_busy_hours": 2}


class Question(NamedTuple):
    """KPIs of one relation by one dimension; no dimension asks for the total."""

    relation: str
    dimension: str | None
    kpis: tuple[str, ...]


@pytest.fixture(scope="module")
def semantic_layer(warehouse):
    from scripts.semantic_layer import SemanticLayer

    return SemanticLayer()


@pytest.fixture(scope="module")
def registry(warehouse):
    """Per KPI that is no share its relation, expression and valid dimensions, the time column first."""
    return {
        name: (relation, expression, dimensions)
        for name, relation, expression, dimensions in warehouse.execute(
            """
            select kpi_name, relation, expression, list(dimension_name order by dimension_name <> time_column)
            from marts.dim_kpi inner join marts.dim_kpi_dimension using (kpi_name)
            where is_valid and shape <> 'share'
            group by all
            """
        ).fetchall()
    }


def test_metrics_equal_macros(warehouse, semantic_layer, registry):
    compared = {}
    for question in questions(semantic_layer, registry):
        dimensions = [question.dimension] if question.dimension else []
        metrics = values(warehouse, semantic_layer.sql(question.kpis, dimensions), question.kpis)
        macros = values(warehouse, macro_sql(question, registry), question.kpis)
        assert metrics.keys() == macros.keys(), question
        for member, expected in macros.items():
            assert metrics[member] == approximately(expected), (question, member)
        for kpi in question.kpis:
            compared.setdefault(kpi, set()).add(question.dimension)

    for kpi in registry:
        relation = registry[kpi][0]
        assert None in compared[kpi], f"{kpi} was not compared in total"
        least = FEW_DIMENSIONS.get(relation, LEAST_DIMENSIONS)
        assert len(compared[kpi]) > least, f"{kpi} was compared over {len(compared[kpi]) - 1} dimensions only"


def test_shares_equal_macros(warehouse, semantic_layer):
    shares = warehouse.execute(
        """
        select kpi_name, relation, expression, parameter_expression, needed_dimension, time_column
        from marts.dim_kpi
        where shape = 'share'
        """
    ).fetchall()
    assert shares
    for kpi, relation, expression, within_expression, needed, time in shares:
        warehouse.execute(f"create or replace temp macro share_within(v, within) as {within_expression}")
        for dimensions, share in (([needed], expression), ([time, needed], f"share_within(v, v.{time})")):
            columns = ", ".join(f"v.{name}" for name in dimensions)
            macro_sql = f"select {columns}, {share} as {kpi} from marts.{relation} as v group by {columns}"
            macros = values_of(warehouse, macro_sql, kpi)
            metrics = values_of(warehouse, semantic_layer.sql([kpi], dimensions), kpi)
            # The metric has every member on every date, the macro those that have rows.
            assert metrics == approximately(dict.fromkeys(metrics, 0.0) | macros), (kpi, dimensions)
        total = values_of(warehouse, semantic_layer.sql([kpi]), kpi)
        assert total == approximately({(): 1.0}), "all members together are everything"


@pytest.mark.parametrize(
    "kpi, dimension, reason",
    [
        ("service_level", "agent_name", "service_level has no meaning by agent_name. Nobody has been chosen yet"),
        ("service_level", "weather", "service_level is not known by weather; it is by offered_date, queue_name,"),
        ("servce_level", "queue_name", "there is no KPI servce_level; did you mean service_level"),
    ],
)
def test_a_question_without_an_answer_is_refused_with_the_reason(kpi, dimension, reason, semantic_layer):
    with pytest.raises(RefusedError) as refusal:
        semantic_layer.sql([kpi], [dimension])
    assert reason in str(refusal.value)


def questions(semantic_layer, registry):
    """KPIs that share a relation and a dimension are asked for together."""
    together = {}
    for kpi, (relation, _, dimensions) in registry.items():
        for dimension in (None, *(name for name in dimensions if semantic_layer.has(relation, name))):
            together.setdefault((relation, dimension), []).append(kpi)
    return [Question(relation, dimension, tuple(kpis)) for (relation, dimension), kpis in together.items()]


def macro_sql(question, registry):
    columns = ", ".join(f"{registry[kpi][1]} as {kpi}" for kpi in question.kpis)
    # The metric of a busy hour is the center's: rows of several scopes have no answer.
    where = "where v.scope = 'center'" if question.relation == "fact_busy_hours" else ""
    if question.dimension:
        columns = f"v.{question.dimension}, {columns}"
    group = "group by 1" if question.dimension else ""
    return f"select {columns} from marts.{question.relation} as v {where} {group}"


def values(warehouse, sql, kpis):
    cursor = warehouse.execute(sql)
    found = [description[0] for description in cursor.description]
    others = [name for name in found if name not in kpis]
    rows = [dict(zip(found, row, strict=True)) for row in cursor.fetchall()]
    assert rows
    return {
        tuple(as_member(row[name]) for name in others): {
            name: None if row[name] is None else float(row[name]) for name in kpis
        }
        for row in rows
    }


def values_of(warehouse, sql, kpi):
    return {members: kpis[kpi] for members, kpis in values(warehouse, sql, [kpi]).items()}


def approximately(numbers):
    return {
        key: None if number is None else pytest.approx(number, rel=1e-12, abs=1e-9) for key, number in numbers.items()
    }


def as_member(value):
    """MetricFlow truncates dates to the day, which makes timestamps of them."""
    return value.date() if isinstance(value, datetime) else value
