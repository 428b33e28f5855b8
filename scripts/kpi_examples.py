"""Worked examples of KPIs, as tests/kpi_examples/README.md describes them, and how their rows become a table."""

import csv
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import duckdb
import yaml

FOLDER = Path(__file__).parents[1] / "tests" / "kpi_examples"


class Kpi(NamedTuple):
    relation: str
    also_over: str
    value: str
    numerator: str
    denominator: str
    observations: str
    parameter: str | None
    with_parameter: str | None


def examples() -> list[tuple[str, dict]]:
    """Name of the file and example."""
    return [
        (file.stem, example)
        for file in sorted(FOLDER.rglob("*.yml"))
        for example in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def kpis_of(warehouse: duckdb.DuckDBPyConnection) -> dict[str, Kpi]:
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


def column_types_of(warehouse: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    return {
        (table, column): kind
        for table, column, kind in warehouse.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
    }


def create_rows(connection, rows: str, relation: str, column_types: dict[tuple[str, str], str]):
    """The rows as a table v, every column with the type it has in the mart."""
    columns, *values = csv.reader(StringIO(rows))
    kinds = [f"cast(nullif(?, '') as {column_types[relation, column]}) as {column}" for column in columns]
    connection.execute(f"create table v as select {', '.join(kinds)}", values[0])
    for row in values[1:]:
        connection.execute(f"insert into v select {', '.join(kinds)}", row)


def expected_by_member(example: dict, expected) -> dict[str | None, dict]:
    """Parts and their expected values, by member where the example groups its rows."""
    if "by" not in example:
        return {None: _parts_of(expected)}
    return {str(member): _parts_of(parts) for member, parts in expected.items()}


def _parts_of(expected):
    return expected if isinstance(expected, dict) else {"value": expected}


def expression(connection, kpi: Kpi, part: str, parameters: dict | None) -> str:
    if not parameters:
        return getattr(kpi, part)
    ((parameter, argument),) = parameters.items()
    assert (part, parameter) == ("value", kpi.parameter), "a what-if has a value only"
    connection.execute(f"create or replace macro what_if(v, {parameter}) as {kpi.with_parameter}")
    return f"what_if(v, {argument})"


def computed(connection, sql: str, by: str | None) -> dict:
    member = f"cast({by} as varchar)" if by else "null"
    return dict(connection.execute(f"select {member}, {sql} from v group by {member}").fetchall())


def number_of(text: str) -> float:
    """860 / 1050, or a plain number."""
    numerator, *denominator = (Fraction(number.strip()) for number in text.split("/"))
    return float(numerator / denominator[0] if denominator else numerator)
