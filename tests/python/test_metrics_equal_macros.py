"""A KPI asked for through the semantic layer is the KPI that the SQL macro gives, in total and by its dimensions.

A KPI that has no answer in total is compared by the dimension that it needs.

One process asks for all of them: importing MetricFlow takes longer than every query together.
"""

import re
from datetime import datetime
from typing import NamedTuple

import pytest

from scripts.registry import RefusedError

LEAST_DIMENSIONS = 3
# Relations that have no more dimensions than these, all of which are compared.
FEW_DIMENSIONS = {"fact_busy_hours": 2}


class Question(NamedTuple):
    """KPIs of one relation by dimensions; none asks for the total."""

    relation: str
    dimensions: tuple[str, ...]
    kpis: tuple[str, ...]


@pytest.fixture(scope="module")
def semantic_layer(warehouse):
    from scripts.semantic_layer import SemanticLayer

    return SemanticLayer()


@pytest.fixture(scope="module")
def registry(warehouse):
    """Per KPI that is no share its relation, expression, needed dimension and dimensions, the time column first."""
    return {
        name: (relation, expression, needed, dimensions)
        for name, relation, expression, needed, dimensions in warehouse.execute(
            """
            select
                kpi_name, relation, expression, needed_dimension,
                list(dimension_name order by dimension_name <> time_column)
            from marts.dim_kpi inner join marts.dim_kpi_dimension using (kpi_name)
            where is_valid and shape <> 'share'
            group by all
            """
        ).fetchall()
    }


def test_metrics_equal_macros(warehouse, semantic_layer, registry):
    compared = {}
    for question in questions(semantic_layer, registry):
        metrics = values(warehouse, semantic_layer.sql(question.kpis, question.dimensions), question.kpis)
        macros = values(warehouse, macro_sql(question, registry), question.kpis)
        assert metrics.keys() == macros.keys(), question
        for member, expected in macros.items():
            assert metrics[member] == approximately(expected), (question, member)
        for kpi in question.kpis:
            compared.setdefault(kpi, set()).add(question.dimensions)

    for kpi, (relation, _, needed, _) in registry.items():
        assert ((needed,) if needed else ()) in compared[kpi], f"{kpi} was not compared in total"
        found = set().union(*compared[kpi])
        least = FEW_DIMENSIONS.get(relation, LEAST_DIMENSIONS)
        assert len(found) >= least, f"{kpi} was compared over {len(found)} dimensions only"


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


@pytest.mark.parametrize(
    "kpi, dimension, reason",
    [
        ("service_level", "agent_name", "service_level has no meaning by agent_name. Nobody has been chosen yet"),
        ("service_level", "weather", "service_level is not known by weather; it is by offered_date, queue_name,"),
        ("servce_level", "queue_name", "there is no KPI servce_level; did you mean service_level"),
        ("channel_share", "started_date", "channel_share has no answer in total, ask for it by channel_name. Its"),
        ("busy_hour_contacts", "offered_date", "busy_hour_contacts has no answer in total, ask for it by scope. The"),
    ],
)
def test_a_question_without_an_answer_is_refused_with_the_reason(kpi, dimension, reason, semantic_layer):
    with pytest.raises(RefusedError) as refusal:
        semantic_layer.sql([kpi], [dimension])
    assert reason in str(refusal.value)


def questions(semantic_layer, registry):
    """KPIs that share a relation and dimensions are asked for together."""
    together = {}
    for kpi, (relation, _, needed, dimensions) in registry.items():
        always = (needed,) if needed else ()
        for dimension in dimensions:
            if dimension != needed and semantic_layer.has(relation, dimension):
                together.setdefault((relation, (dimension, *always)), []).append(kpi)
        together.setdefault((relation, always), []).append(kpi)
    return [Question(relation, dimensions, tuple(kpis)) for (relation, dimensions), kpis in together.items()]


def macro_sql(question, registry):
    columns = [f"v.{dimension}" for dimension in question.dimensions]
    kpis = [f"{registry[kpi][1]} as {kpi}" for kpi in question.kpis]
    # The metric of a busy hour is the center's.
    where = "where v.scope = 'center'" if question.relation == "fact_busy_hours" else ""
    group = f"group by {', '.join(columns)}" if columns else ""
    return f"select {', '.join(columns + kpis)} from marts.{question.relation} as v {where} {group}"


def values(warehouse, sql, kpis):
    cursor = warehouse.execute(sql)
    found = [description[0] for description in cursor.description]
    others = sorted((name for name in found if name not in kpis), key=column_of)
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


def column_of(name):
    """MetricFlow writes the entity before a column, and orders columns as it likes."""
    return name.split("__")[1] if "__" in name else name


def as_member(value):
    """MetricFlow truncates dates to the day, which makes timestamps of them."""
    return value.date() if isinstance(value, datetime) else value


@pytest.fixture
def ask(capsys):
    """Ask as on the command line; gives the exit code and what was printed."""
    from scripts import semantic_layer

    def asked(*arguments):
        code = semantic_layer.main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return asked


def test_make_metric_shows_sorted_members_in_the_units_of_the_kpis(ask):
    code, printed = ask(" service_level , abandonment_rate,", "--by", "queue_name, channel_name,")
    assert code == 0
    lines = [re.split(" {2,}", line.strip()) for line in printed.split("\n\n")[0].splitlines()]
    assert lines[0] == ["queue_name", "channel_name", "service_level", "abandonment_rate"]
    assert lines[1:] == sorted(lines[1:]) and len(lines) > 1
    assert all(cell == "-" or re.fullmatch(r"[\d.]+%", cell) for line in lines[1:] for cell in line[2:])


@pytest.mark.parametrize(
    "arguments, reason",
    [
        ([" , "], "it is not said of which KPI: give its NAME"),
        (["service_level", "--from", "2026-10-12"], "the semantic layer takes no FROM here; ask `make kpi`."),
        (["service_level", "--window-days", "2"], "the semantic layer takes no WINDOW_DAYS here; ask `make kpi`."),
        (["service_level,service_level"], "service_level is asked for more than once."),
        (["channel_share"], "channel_share has no answer in total, ask for it by channel_name."),
    ],
)
def test_make_metric_refuses_in_one_sentence(arguments, reason, ask):
    code, printed = ask(*arguments)
    assert code == 2
    assert printed.startswith(f"No answer: {reason}") and printed.count("\n") == 1


def test_make_metric_without_a_build_says_what_to_do(ask, tmp_path, monkeypatch):
    build = tmp_path / "gone.duckdb"
    monkeypatch.setenv("CONTACT_CENTER_BUILD_FILE", str(build))
    assert ask("service_level") == (2, f"No answer: there is no {build}: run `make build` first.\n")
    build.write_text("no database at all")
    code, printed = ask("service_level")
    assert code == 2 and printed.startswith(f"No answer: {build} cannot be read: ")
