"""Check that no KPI moved on the sample: `python -m scripts.kpi_values [--update]`.

Every KPI of marts.dim_kpi is computed on the sample's rows, in total, by date, and by queue,
channel and agent where it has a meaning by them, and compared with tests/kpi_values/sample.csv.
One that has no answer in total is computed by the dimension that it needs.
--update writes that file anew; its diff then shows in review what a change does to the numbers.

The exit code is 0 when nothing moved, 1 when a value moved, appeared or vanished, 2 when the
values could not be computed. Environment: CONTACT_CENTER_BUILD_FILE, the file dbt builds
(default warehouse/build.duckdb); it is opened read-only.
"""

import argparse
import csv
import sys
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb

from scripts.publish import build_file

RECORDED = Path(__file__).parents[1] / "tests" / "kpi_values" / "sample.csv"
SAMPLE = "sample"
SAMPLE_TABLE = "raw.raw_call_detail_records"
NAMES = ("queue_name", "channel_name", "agent_name")
TOTAL, NO_MEMBER, NO_VALUE, ABSENT = "all", "(none)", "NULL", "absent"
DECIMALS = 9
SHOWN_MOVES = 40
NEXT_STEP = "If that is what you meant, run `make kpi-values-update`, commit the file, and say why in the pull request."


class KpiValuesError(Exception):
    """Why no value could be compared, in one sentence."""


class Key(NamedTuple):
    kpi_name: str
    dimension: str
    member: str


class Move(NamedTuple):
    key: Key
    old: str
    new: str

    @property
    def difference(self) -> str:
        if {self.old, self.new} & {NO_VALUE, ABSENT}:
            return ""
        return f"{Decimal(self.new) - Decimal(self.old):+f}"


Values = dict[Key, str]


def computed_values(build: Path) -> Values:
    if not build.is_file():
        raise KpiValuesError(f"there is no build file {build}; run `dbt build` first")
    try:
        with duckdb.connect(build, read_only=True) as connection:
            columns = columns_by_table(connection)
            for table in (SAMPLE_TABLE, "marts.dim_kpi"):
                if table not in columns:
                    raise KpiValuesError(
                        f"the build has no table {table}; the values are those of the sample, "
                        f"so run `dbt build` with the source {SAMPLE}"
                    )
            kpis = connection.execute(
                "select kpi_name, relation, expression, time_column, dimensions, needed_dimension"
                " from marts.dim_kpi order by kpi_name"
            ).fetchall()
            values = {}
            for name, relation, expression, time_column, dimensions, needed in kpis:
                if needed:
                    members = {needed: f"v.{needed}"}
                else:
                    valid = dimensions.split(", ")
                    members = {"total": f"'{TOTAL}'", "date": f"v.{time_column}"}
                    members |= {column: f"v.{column}" for column in NAMES if column in valid}
                values |= values_of(name, relation, expression, members, columns, connection)
            return values
    except duckdb.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise KpiValuesError(f"{build} could not be read: {reason}") from error


def columns_by_table(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    return dict(
        connection.execute(
            "select schema_name || '.' || table_name, list(column_name)"
            " from duckdb_columns() where not internal group by all"
        ).fetchall()
    )


def values_of(
    name: str,
    relation: str,
    expression: str,
    members: dict[str, str],
    columns: dict[str, list[str]],
    connection: duckdb.DuckDBPyConnection,
) -> Values:
    table = f"marts.{relation}"
    if table not in columns:
        raise KpiValuesError(f"KPI {name} runs over {table}, which the build does not have")
    # Other sources may be in the same build; what is recorded is the sample alone.
    where = f"where v.source_system = '{SAMPLE}'" if "source_system" in columns[table] else ""
    return {
        Key(name, dimension, str(member)): as_text(value)
        for dimension, column in members.items()
        for member, value in connection.execute(
            f"select coalesce(cast({column} as varchar), '{NO_MEMBER}') as member,"
            f" {expression} as value from {table} as v {where} group by 1"
        ).fetchall()
    }


def as_text(value: int | float | Decimal | None) -> str:
    """A value as it is recorded: rounded, without trailing zeros."""
    if value is None:
        return NO_VALUE
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def in_order(keys: set[Key]) -> list[Key]:
    return sorted(keys, key=lambda k: (k.kpi_name, k.dimension != "total", k.dimension != "date", k))


def read(recorded: Path) -> Values:
    if not recorded.is_file():
        raise KpiValuesError(f"there is no {recorded.name}; run `make kpi-values-update` first")
    with recorded.open(encoding="utf-8", newline="") as file:
        return {Key(row["kpi_name"], row["dimension"], row["member"]): row["value"] for row in csv.DictReader(file)}


def write(recorded: Path, values: Values) -> None:
    recorded.parent.mkdir(parents=True, exist_ok=True)
    with recorded.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*Key._fields, "value"])
        writer.writerows([*key, values[key]] for key in in_order(set(values)))


def moves(old: Values, new: Values) -> list[Move]:
    return [
        Move(key, old.get(key, ABSENT), new.get(key, ABSENT))
        for key in in_order(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def report(moved: list[Move], compared: int) -> list[str]:
    if not moved:
        return [f"KPI values: {compared:,} compared, none moved."]
    title = ["KPI", "dimension", "member", "old", "new", "difference"]
    shown = [[*move.key, move.old, move.new, move.difference] for move in moved[:SHOWN_MOVES]]
    widths = [max(map(len, column)) for column in zip(title, *shown, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (title, *shown)
    ]
    rest = len(moved) - len(shown)
    return [
        f"KPI values: {len(moved):,} moved of {compared:,}.",
        *lines,
        *([f"... and {rest:,} more."] if rest else []),
        NEXT_STEP,
    ]


def main(arguments: list[str] | None = None, recorded: Path = RECORDED) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.kpi_values", description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true", help="record the values as they are now")
    update = parser.parse_args(arguments).update
    try:
        new = computed_values(build_file())
        if update:
            write(recorded, new)
            print(f"KPI values: {len(new):,} recorded.")
            return 0
        old = read(recorded)
    except KpiValuesError as error:
        print(f"KPI values were not compared: {error}.", file=sys.stderr)
        return 2
    moved = moves(old, new)
    print("\n".join(report(moved, len(old.keys() | new.keys()))))
    return 1 if moved else 0


if __name__ == "__main__":
    sys.exit(main())
