"""Compare what Spark built with what DuckDB built of the same rows: `python -m scripts.spark_parity`.

Every table of the schemas marts, kpis, reports and meta is compared, row by row and column by column, by the key
that the model's own yml tests. Keys, texts, dates, times, whole numbers and decimals must be equal, and
a double within 1e-9 of the other (of its size, above 1). A column may differ only where OWN names it;
tables in which a build speaks of itself, OWN_TABLES, are left out. A table without rows proves nothing, and
is a difference unless EMPTY_TABLES names it.

Reads the DuckDB file `--duckdb`, Spark's Parquet folders `--spark`/<schema>/<table> and the manifests of
both builds; `scripts.spark` builds all of them. The exit code is 0 when all is equal, 1 when anything differs,
2 when it could not be compared.
"""

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

SCHEMAS = ("marts", "kpis", "reports", "meta")
TOLERANCE = 1e-9
SHOWN_ROWS = 3
# What a build says of itself, on whichever engine.
OWN_TABLES = {"build", "expectation_results", "test_results"}
# The sample has no row for them: no retention is set.
EMPTY_TABLES = {"expired_rows"}
# The time of the build, and SQL in the dialect of the engine: columns that each build fills in for itself.
OWN = {
    "loaded_at",
    "newest_loaded_at",
    "expression",
    "numerator_expression",
    "denominator_expression",
    "observations_expression",
    "parameter_expression",
}


class ParityError(Exception):
    """Why nothing could be compared, in one sentence."""


@dataclass
class Table:
    schema: str
    name: str
    key: list[str]


@dataclass
class Outcome:
    table: Table
    duckdb_rows: int
    spark_rows: int
    differences: list[str] = field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        return not self.differences


def tables_of(*manifests: dict) -> list[Table]:
    """The tables that any build has; where no test names the key, all columns together are taken for it."""
    tables = {}
    for manifest in manifests:
        for table in tables_of_build(manifest):
            tables.setdefault((table.schema, table.name), table)
    return sorted(tables.values(), key=lambda table: (SCHEMAS.index(table.schema), table.name))


def tables_of_build(manifest: dict) -> list[Table]:
    keys = {}
    for test in manifest["nodes"].values():
        name = (test.get("test_metadata") or {}).get("name")
        if name in ("unique", "unique_combination"):
            arguments = test["test_metadata"]["kwargs"]
            keys.setdefault(test["attached_node"], arguments.get("columns") or [arguments["column_name"]])
    return [
        Table(model["schema"], model["alias"], keys.get(unique_id, []))
        for unique_id, model in manifest["nodes"].items()
        if model["resource_type"] == "model" and model["schema"] in SCHEMAS and model["alias"] not in OWN_TABLES
    ]


def compare(connection: duckdb.DuckDBPyConnection, table: Table, parquet: Path) -> Outcome:
    """Compare one table of the attached database `duckdb_side` with a folder of Parquet files."""
    ours = f"duckdb_side.{table.schema}.{table.name}"
    if not is_there(connection, table):
        return Outcome(table, 0, 0, ["no table on DuckDB"])
    if not parquet.exists():
        return Outcome(table, count(connection, ours), 0, ["no table on Spark"])
    connection.execute(f"create or replace temp view spark_side as from read_parquet('{parquet}/*.parquet')")
    types = columns_of(connection, ours)
    spark_types = columns_of(connection, "spark_side")
    outcome = Outcome(table, count(connection, ours), count(connection, "spark_side"))
    if types != spark_types:
        outcome.differences = [
            f"column {name}: {types.get(name, 'absent')} on DuckDB, {spark_types.get(name, 'absent')} on Spark"
            for name in {**types, **spark_types}
            if types.get(name) != spark_types.get(name)
        ]
        return outcome
    if not outcome.duckdb_rows and not outcome.spark_rows and table.name not in EMPTY_TABLES:
        outcome.differences = ["no row on either engine"]
        return outcome
    key = table.key or [name for name in types if name not in OWN]
    joined = joined_rows(ours, key)
    outcome.differences += unmatched_keys(connection, joined, key)
    for name, data_type in types.items():
        if name not in OWN and name not in key:
            outcome.differences += differing_values(connection, joined, key, name, data_type)
    return outcome


def is_there(connection, table: Table) -> bool:
    return bool(
        connection.execute(
            "select 1 from information_schema.tables"
            " where table_catalog = 'duckdb_side' and table_schema = ? and table_name = ?",
            [table.schema, table.name],
        ).fetchall()
    )


def columns_of(connection, relation: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"describe {relation}").fetchall()}


def count(connection, relation: str) -> int:
    return connection.execute(f"select count(*) from {relation}").fetchone()[0]


def joined_rows(ours: str, key: list[str]) -> str:
    """Rows of both sides by key. Repeated keys are numbered: one too many has no row on the other side."""
    columns = ", ".join(key)
    same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in key)
    numbered = f"row_number() over (partition by {columns}) as copy_number"
    return (
        f"(select *, {numbered} from {ours}) as a "
        f"full join (select *, {numbered} from spark_side) as b on {same} and a.copy_number = b.copy_number"
    )


def unmatched_keys(connection, joined: str, key: list[str]) -> list[str]:
    differences = []
    for side, other, engine in (("a", "b", "DuckDB"), ("b", "a", "Spark")):
        where = f"from {joined} where {other}.copy_number is null"
        rows = connection.execute(f"select count(*) {where}").fetchone()[0]
        if rows:
            columns = ", ".join(f"{side}.{name}" for name in key)
            shown = connection.execute(f"select {columns} {where} order by all limit {SHOWN_ROWS}").fetchall()
            differences.append(f"{rows} rows on {engine} only")
            differences += [f"    {named(key, row)}" for row in shown]
    return differences


def differing_values(connection, joined: str, key: list[str], name: str, data_type: str) -> list[str]:
    equal = f"a.{name} is not distinct from b.{name}"
    if data_type in ("DOUBLE", "FLOAT"):
        # Nothing is near infinity, or near what is no number.
        are_finite = f"isfinite(a.{name}) and isfinite(b.{name})"
        is_near = f"abs(a.{name} - b.{name}) <= {TOLERANCE} * greatest(1, abs(a.{name}))"
        equal = f"({equal} or coalesce({are_finite} and {is_near}, false))"
    where = f"from {joined} where a.copy_number = b.copy_number and not {equal}"
    rows = connection.execute(f"select count(*) {where}").fetchone()[0]
    if not rows:
        return []
    columns = ", ".join(f"a.{part}" for part in key)
    shown = connection.execute(
        f"select a.{name}, b.{name}, {columns} {where} order by {columns} limit {SHOWN_ROWS}"
    ).fetchall()
    return [f"{name} differs in {rows} rows"] + [
        f"    {row[0]} on DuckDB, {row[1]} on Spark: {named(key, row[2:])}" for row in shown
    ]


def named(key: list[str], values: tuple) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(key, values, strict=True))


def compare_all(build: Path, spark: Path, manifests: list[Path]) -> list[Outcome]:
    for path in (build, spark, *manifests):
        if not path.exists():
            raise ParityError(f"{path} is not there: run `make spark`.")
    tables = tables_of(*(json.loads(path.read_text(encoding="utf-8")) for path in manifests))
    if not tables:
        raise ParityError(f"No manifest names a table of {', '.join(SCHEMAS)}.")
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach '{build}' as duckdb_side (read_only)")
            return [compare(connection, table, spark / table.schema / table.name) for table in tables]
    except duckdb.Error as error:
        raise ParityError(str(error)) from error


def report(outcomes: list[Outcome]) -> str:
    lines = []
    for outcome in outcomes:
        name = f"{outcome.table.schema}.{outcome.table.name}"
        verdict = "equal" if outcome.is_equal else "DIFFERS"
        lines.append(f"{name:<45} {outcome.duckdb_rows:>8} rows  {verdict}")
        if not outcome.is_equal:
            if outcome.spark_rows != outcome.duckdb_rows:
                lines.append(f"  {outcome.spark_rows} rows on Spark")
            lines += [f"  {difference}" for difference in outcome.differences]
    rows = sum(outcome.duckdb_rows for outcome in outcomes)
    differing = [outcome for outcome in outcomes if not outcome.is_equal]
    lines.append(
        f"{len(differing)} of {len(outcomes)} tables differ between DuckDB and Spark."
        if differing
        else f"Spark and DuckDB agree on {rows} rows of {len(outcomes)} tables."
    )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--duckdb", type=Path, required=True)
    parser.add_argument("--spark", type=Path, required=True)
    parser.add_argument("--manifest", type=Path, required=True, nargs="+", help="of both builds")
    arguments = parser.parse_args()
    try:
        outcomes = compare_all(arguments.duckdb, arguments.spark, arguments.manifest)
    except ParityError as error:
        print(error, file=sys.stderr)
        return 2
    print(report(outcomes))
    return 0 if all(outcome.is_equal for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
