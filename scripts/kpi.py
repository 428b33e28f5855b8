"""Show a KPI: what it means, its values, its targets and the SQL behind them.

`python -m scripts.kpi service_level --by queue_name,channel_name --from 2026-10-12 --to 2026-10-18 --threshold 30`.
Without a name it lists the KPIs. The exit code is 2 when the question has no answer; the sentence says why.

Environment: CONTACT_CENTER_BUILD_FILE and CONTACT_CENTER_FILE, as for publishing; the served file is opened read-only.
"""

import argparse
import sys
import textwrap
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import duckdb

from scripts.publish import name as quoted
from scripts.publish import served_file
from scripts.publish import text as literal
from scripts.registry import RefusedError, known_kpi, valid_dimension
from scripts.summary import aligned

WIDTH = 100
BETTER = {"up": "higher is better", "down": "lower is better", "band": "within a band", "none": "neither up nor down"}
FORMATS = {"ratio": "{:.2%}", "count": "{:,.0f}"}
# Name columns that a target may be for, and the columns of a mart that hold such a name.
SCOPES = {
    "queue_name": ("queue_name", "All queues"),
    "channel_name": ("channel_name", "All channels"),
    "contact_reason_name": ("contact_reason_name", "All reasons"),
}


class Question(argparse.Namespace):
    """What was asked for, as the command line gives it."""

    kpi: str | None
    by: list[str]
    first: date | None
    last: date | None
    threshold: Decimal | None
    seconds: Decimal | None


def main(arguments: list[str] | None = None) -> int:
    question = parsed(arguments)
    served = served_file()
    if not served.is_file():
        print(f"There is no {served}: run `make build` first.", file=sys.stderr)
        return 2
    with duckdb.connect(served, read_only=True) as connection:
        try:
            print("\n".join(answer(connection, question) if question.kpi else listing(connection)))
        except RefusedError as refusal:
            print(f"No answer: {refusal}", file=sys.stderr)
            return 2
    return 0


def parsed(arguments: list[str] | None) -> Question:
    parser = argparse.ArgumentParser(prog="make kpi", description=__doc__.splitlines()[0])
    parser.add_argument("kpi", nargs="?", help="name of the KPI")
    parser.add_argument("--by", default="", help="dimensions, separated by commas")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, help="first date")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, help="last date")
    parser.add_argument("--threshold", type=number_of_seconds, help="seconds, for KPIs with a threshold")
    parser.add_argument("--seconds", type=number_of_seconds, help="seconds, for a load over a time of your own")
    question = parser.parse_args(arguments, Question())
    question.by = [dimension.strip() for dimension in question.by.split(",") if dimension.strip()]
    return question


def number_of_seconds(text: str) -> Decimal:
    """A number that is written into SQL as it is, so no NaN or infinity, which Decimal takes too."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return number


def listing(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    families: dict[str, list[list[str]]] = {}
    for family, *row in connection.execute(
        "select family, kpi_name, unit, meaning from marts.dim_kpi order by family, tier, kpi_name"
    ).fetchall():
        families.setdefault(family, []).append(row)
    for family, rows in families.items():
        yield family.replace("_", " ").capitalize()
        yield from aligned(rows, names=3)
        yield ""
    yield "make kpi NAME=service_level BY=queue_name,channel_name shows one of them."


def answer(connection: duckdb.DuckDBPyConnection, question: Question) -> Iterable[str]:
    kpi = registered(connection, question.kpi)
    by = [valid_dimension(kpi["kpi_name"], column, kpi["valid"], kpi["refused"]) for column in question.by]
    if kpi["needed_dimension"] and kpi["needed_dimension"] not in by:
        raise RefusedError(
            f"{kpi['kpi_name']} has no answer in total, ask for it by {kpi['needed_dimension']}. {kpi['shape_reason']}"
        )
    sql = query(kpi, by, question)
    yield from definition(kpi)
    yield ""
    yield from values(connection, kpi, by, sql)
    yield ""
    yield from targets(connection, kpi)
    yield "SQL"
    yield textwrap.indent(sql, "  ")
    yield ""
    yield f"in which {kpi['kpi_name']}(v) is"
    yield textwrap.fill(kpi["expression"], WIDTH, initial_indent="  ", subsequent_indent="  ")


def registered(connection: duckdb.DuckDBPyConnection, asked: str) -> dict[str, Any]:
    names = [row[0] for row in connection.execute("select kpi_name from marts.dim_kpi").fetchall()]
    cursor = connection.execute("select * from marts.dim_kpi where kpi_name = ?", [known_kpi(asked, names)])
    columns = [description[0] for description in cursor.description]
    kpi = dict(zip(columns, cursor.fetchone(), strict=True))
    dimensions = connection.execute(
        "select dimension_name, is_valid, reason from marts.dim_kpi_dimension where kpi_name = ?", [asked]
    ).fetchall()
    kpi["valid"] = [dimension for dimension, is_valid, _ in dimensions if is_valid]
    kpi["refused"] = {dimension: reason for dimension, is_valid, reason in dimensions if not is_valid}
    return kpi


def definition(kpi: dict[str, Any]) -> Iterable[str]:
    yield f"{kpi['label']} ({kpi['kpi_name']})"
    yield (
        f"  {kpi['unit']}, {BETTER[kpi['direction']]}; tier {kpi['tier']}, version {kpi['version']} since "
        f"{kpi['effective_date']}, owned by {kpi['owner']}"
    )
    for title, text in (
        ("Means", kpi["meaning"]),
        ("Counts", kpi["counts"]),
        ("Leaves out", kpi["leaves_out"]),
        ("Time", kpi["time_attribution"]),
        ("Empty", kpi["zero_denominator"]),
        ("By", ", ".join(kpi["valid"])),
        ("Elsewhere", kpi["vendor_divergence"]),
    ):
        yield textwrap.fill(text, WIDTH, initial_indent=f"  {title + ':':12}", subsequent_indent=" " * 14)


def query(kpi: dict[str, Any], by: list[str], question: Question) -> str:
    """The SELECT that answers; names come from the registry, dates and numbers are typed."""
    columns = [f"v.{quoted(column)}" for column in by]
    parts = {
        "value": expression(kpi, by, question),
        "numerator": kpi["numerator_expression"],
        "denominator": kpi["denominator_expression"],
        "observations": kpi["observations_expression"],
    }
    if question.threshold is not None or question.seconds is not None or kpi["shape"] == "share":
        parts = {"value": parts["value"]}
    selected = ",\n    ".join([*columns, *(f"{sql} as {part}" for part, sql in parts.items())])
    dates = {">=": question.first, "<=": question.last}
    where = [f"v.{kpi['time_column']} {sign} date {literal(day)}" for sign, day in dates.items() if day]
    lines = [f"select\n    {selected}", f"from marts.{kpi['relation']} as v"]
    if where:
        lines.append(f"where {' and '.join(where)}")
    if columns:
        lines += [f"group by {', '.join(columns)}", "order by all"]
    return "\n".join(lines)


def expression(kpi: dict[str, Any], by: list[str], question: Question) -> str:
    asked = {
        parameter: value
        for parameter, value in (("threshold", question.threshold), ("seconds", question.seconds))
        if value is not None
    }
    if kpi["shape"] == "share" and (others := [column for column in by if column != kpi["needed_dimension"]]):
        asked["within"] = f"({', '.join(f'v.{quoted(column)}' for column in others)})"
    for parameter in asked:
        if parameter != kpi["parameter_name"]:
            raise RefusedError(f"{kpi['kpi_name']} takes no {parameter}.")
    arguments = ["v", *(f"{parameter} := {value}" for parameter, value in asked.items())]
    return f"{kpi['kpi_name']}({', '.join(arguments)})"


def values(connection: duckdb.DuckDBPyConnection, kpi: dict[str, Any], by: list[str], sql: str) -> Iterable[str]:
    cursor = connection.execute(sql)
    columns = [description[0] for description in cursor.description]
    rows = cursor.fetchall()
    judged = target_by_member(connection, kpi, by)
    table = [[*columns, "target", "status"]]
    for row in rows:
        low, high = judged(row[: len(by)])
        value = row[len(by)]
        cells = [
            readable(cell, kpi["unit"] if column == "value" else "count")
            for column, cell in zip(columns, row, strict=True)
        ]
        table.append([*cells, bounds(low, high, kpi["unit"]), status(value, low, high)])
    yield from aligned(table, names=len(by))


def target_by_member(connection, kpi, by):
    """Gives the own target in force today of a row's members: the narrowest scope that they tell."""
    scopes = [column for column in SCOPES if column in by]
    own = connection.execute(
        f"""
        select {", ".join(SCOPES)}, target_low, target_high
        from marts.dim_kpi_target
        where kpi_name = ? and target_kind = 'own' and valid_to = date '9999-12-31'
        """,
        [kpi["kpi_name"]],
    ).fetchall()

    def judged(members):
        told = dict(zip(by, members, strict=True))
        fitting = []
        for *names, low, high in own:
            scope = dict(zip(SCOPES, names, strict=True))
            narrow = [column for column, name in scope.items() if name != SCOPES[column][1]]
            if all(column in scopes and told[column] == scope[column] for column in narrow):
                # A queue tells more than a channel.
                fitting.append((len(narrow), "queue_name" in narrow, low, high))
        return max(fitting, key=lambda target: target[:2])[2:] if fitting else (None, None)

    return judged


def targets(connection: duckdb.DuckDBPyConnection, kpi: dict[str, Any]) -> Iterable[str]:
    rows = connection.execute(
        """
        select
            target_kind, queue_name, channel_name, contact_reason_name, target_low, target_high, valid_from,
            evidence_grade, source_name, reason
        from marts.dim_kpi_target
        where kpi_name = ?
        order by target_kind desc, queue_name, channel_name, contact_reason_name, valid_from, source_name
        """,
        [kpi["kpi_name"]],
    ).fetchall()
    if not rows:
        yield "Targets: none of the center's own, and no published benchmark."
        yield ""
        return
    yield "Targets"
    for kind, queue, channel, reason_name, low, high, since, grade, source, reason in rows:
        scope = ", ".join(name for name in (queue, channel, reason_name) if not name.startswith("All ")) or "all"
        told = f"{bounds(low, high, kpi['unit'])} for {scope}"
        origin = f"since {since}: {reason}" if kind == "own" else f"benchmark, grade {grade}, {source}: {reason}"
        yield textwrap.fill(f"{told}, {origin}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield ""


def bounds(low: float | None, high: float | None, unit: str) -> str:
    if low is None and high is None:
        return "-"
    if high is None:
        return f"at least {readable(low, unit)}"
    if low is None:
        return f"at most {readable(high, unit)}"
    return f"{readable(low, unit)} to {readable(high, unit)}"


def status(value: float | Decimal | None, low: float | None, high: float | None) -> str:
    if value is None or (low is None and high is None):
        return "-"
    if low is not None and value < low:
        return "below"
    return "above" if high is not None and value > high else "met"


def readable(value: Any, unit: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return FORMATS.get(unit, "{:,.2f}").format(value)
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
