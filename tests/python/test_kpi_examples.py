"""Every KPI gives what its worked examples in tests/kpi_examples say, by the SQL that the build publishes."""

import csv
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "kpi_examples"
KEYS = {"name", "description", "rows", "expect", "with", "over", "by"}
PARTS = {"value", "numerator", "denominator", "observations"}
# Expected values are written with at least six digits.
TOLERANCE = {"rel": 1e-6, "abs": 1e-6}


class Kpi(NamedTuple):
    relation: str
    also_over: str
    value: str
    numerator: str
    denominator: str
    observations: str
    parameter: str | None
    with_parameter: str | None


def examples():
    return [
        pytest.param(example, id=f"{file.stem}-{example['name']}")
        for file in sorted(FOLDER.glob("*.yml"))
        for example in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module")
def kpis(warehouse) -> dict[str, Kpi]:
    return {
        name: Kpi(*definition)
        for name, *definition in warehouse.execute(
            """
            select
                kpi_name, relation, also_over, expression, numerator_expression, denominator_expression,
                observations_expression, parameter_name, parameter_expression
            from marts.dim_kpi
            """
        ).fetchall()
    }


@pytest.fixture(scope="module")
def column_types(warehouse) -> dict[tuple[str, str], str]:
    return {
        (table, column): kind
        for table, column, kind in warehouse.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
    }


def test_every_kpi_has_an_example(kpis):
    shown = {kpi for example in examples() for kpi in example.values[0]["expect"]}
    assert not kpis.keys() - shown, "these KPIs have no worked example"
    assert not shown - kpis.keys(), "these examples are of no KPI"


@pytest.mark.parametrize("example", examples())
def test_example(example, kpis, column_types):
    assert set(example) <= KEYS
    for name, expected in example["expect"].items():
        kpi = kpis[name]
        relation = example.get("over", kpi.relation)
        assert relation in [kpi.relation, *kpi.also_over.split(", ")]
        with duckdb.connect() as connection:
            create_rows(connection, example["rows"], relation, column_types)
            for member, parts in by_member(example, expected).items():
                assert set(parts) <= PARTS
                for part, text in parts.items():
                    sql = expression(connection, kpi, part, example.get("with"))
                    found = computed(connection, sql, example.get("by"))
                    assert as_number(found[member]) == as_expected(text), f"{name}, {part} of {member or 'all rows'}"


def by_member(example, expected):
    if "by" not in example:
        return {None: parts_of(expected)}
    return {str(member): parts_of(parts) for member, parts in expected.items()}


def parts_of(expected):
    return expected if isinstance(expected, dict) else {"value": expected}


def expression(connection, kpi: Kpi, part: str, parameters: dict | None) -> str:
    if not parameters:
        return getattr(kpi, part)
    ((parameter, argument),) = parameters.items()
    assert (part, parameter) == ("value", kpi.parameter), "a what-if has a value only"
    connection.execute(f"create or replace macro what_if(v, {parameter}) as {kpi.with_parameter}")
    return f"what_if(v, {argument})"


def create_rows(connection, rows, relation, column_types):
    """The rows as a table v, every column with the type it has in the mart."""
    columns, *values = csv.reader(StringIO(rows))
    kinds = [f"cast(nullif(?, '') as {column_types[relation, column]}) as {column}" for column in columns]
    connection.execute(f"create table v as select {', '.join(kinds)}", values[0])
    for row in values[1:]:
        connection.execute(f"insert into v select {', '.join(kinds)}", row)


def computed(connection, sql, by):
    member = f"cast({by} as varchar)" if by else "null"
    return dict(connection.execute(f"select {member}, {sql} from v group by {member}").fetchall())


def as_number(value):
    return None if value is None else float(value)


def as_expected(text):
    if text is None:
        return None
    return pytest.approx(float(sum_of_products(str(text))), **TOLERANCE)


def sum_of_products(text: str) -> Fraction:
    """860 / 1050, or a plain number."""
    numerator, *denominator = (Fraction(number.strip()) for number in text.split("/"))
    return numerator / denominator[0] if denominator else numerator
