"""Show a KPI: what it means, its values, its targets and the SQL behind them.

`python -m scripts.kpi service_level --by queue_name,channel_name --from 2026-10-12 --to 2026-10-18 --threshold 30`.
Without a name it lists the KPIs. The exit code is 2 when the question has no answer; the sentence says why.

Environment: CONTACT_CENTER_BUILD_FILE and CONTACT_CENTER_FILE, as for publishing; the served file is opened read-only.
"""

import argparse
import sys
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import repeat
from typing import Any, NamedTuple

import duckdb

from scripts.publish import name as quoted
from scripts.publish import served_file
from scripts.publish import text as literal
from scripts.registry import RefusedError, known_kpi, names_in, needed_dimension, opened, records, valid_dimension
from scripts.summary import aligned

WIDTH = 100
# The numbers that a KPI may take, with what is said of them; the registry says which KPI takes which.
PARAMETERS = {
    "threshold": "seconds, for KPIs with a threshold",
    "seconds": "seconds, for a load over a time of your own",
    "window_days": "days, for KPIs with a repeat window",
}
FOREVER = date(9999, 12, 31)
BETTER = {"up": "higher is better", "down": "lower is better", "band": "within a band", "none": "neither up nor down"}
FORMATS = {"ratio": "{:.2%}", "count": "{:,.0f}"}
# Columns of which a target tells one member each, and what stands there when it is for all of them.
SCOPES = {"queue_name": "All queues", "channel_name": "All channels", "contact_reason_name": "All reasons"}


@dataclass
class Question:
    """What was asked for, as the command line gives it."""

    kpi: str
    by: list[str]
    first: date | None
    last: date | None
    parameters: dict[str, Decimal]


class Target(NamedTuple):
    """A target of the center's own; without bounds there is none."""

    low: float | None
    high: float | None


def main(arguments: list[str] | None = None) -> int:
    try:
        question = parsed(arguments)
        with opened(served_file()) as connection:
            print("\n".join(answer(connection, question) if question.kpi else listing(connection)))
    except RefusedError as refusal:
        print(f"No answer: {refusal}", file=sys.stderr)
        return 2
    return 0


def parsed(arguments: list[str] | None) -> Question:
    """An empty text is a question not asked, as make gives one for every variable that is not set."""
    parser = argparse.ArgumentParser(prog="make kpi", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("kpi", nargs="?", default="", help="name of the KPI")
    parser.add_argument("--by", default="", help="dimensions, separated by commas")
    parser.add_argument("--from", dest="first", default="", help="first date")
    parser.add_argument("--to", dest="last", default="", help="last date")
    for parameter, use in PARAMETERS.items():
        parser.add_argument(f"--{parameter.replace('_', '-')}", default="", help=use)
    asked = parser.parse_args(arguments)
    question = Question(
        kpi=asked.kpi.strip(),
        by=names_in(asked.by),
        first=day("FROM", asked.first),
        last=day("TO", asked.last),
        parameters={
            parameter: number(parameter, getattr(asked, parameter))
            for parameter in PARAMETERS
            if getattr(asked, parameter).strip()
        },
    )
    if question.first and question.last and question.first > question.last:
        raise RefusedError(f"FROM={question.first} comes after TO={question.last}.")
    if not question.kpi and (question.by or question.first or question.last or question.parameters):
        raise RefusedError("it is not said of which KPI: give its NAME; `make kpi` alone lists them all.")
    return question


def day(variable: str, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise RefusedError(f"{variable}={text} is no date; write one such as 2026-10-12.") from None


def number(parameter: str, text: str) -> Decimal:
    """A number that is written into SQL as it is, so no NaN or infinity, which Decimal takes too."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        raise RefusedError(f"{parameter.upper()}={text} is no number from 0 up.")
    return found


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
    needed_dimension(kpi["kpi_name"], by, kpi["needed_dimension"], kpi["shape_reason"])
    parameters = parameters_of(kpi, by, question)
    sql = query(kpi, by, question, parameters)
    span = dates_in(connection, kpi, question)
    yield from definition(kpi)
    yield ""
    yield from values(connection, kpi, by, sql, None if question.parameters else own_targets(connection, kpi, by, span))
    yield ""
    if question.parameters:
        yield f"Targets are for the definition, so with {' and '.join(question.parameters)} of your own there is none."
        yield ""
    else:
        yield from targets(connection, kpi)
    yield "SQL"
    yield textwrap.indent(sql, "  ")
    yield ""
    yield f"in which {kpi['kpi_name']}({', '.join(['v', *parameters])}) is"
    expression = kpi["parameter_expression"] if parameters else kpi["expression"]
    yield textwrap.fill(expression, WIDTH, initial_indent="  ", subsequent_indent="  ")


def registered(connection: duckdb.DuckDBPyConnection, asked: str) -> dict[str, Any]:
    names = [row[0] for row in connection.execute("select kpi_name from marts.dim_kpi").fetchall()]
    (kpi,) = records(connection.execute("select * from marts.dim_kpi where kpi_name = ?", [known_kpi(asked, names)]))
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
        ("Parameter", f"{kpi['parameter_name']}. {kpi['parameter_use']}" if kpi["parameter_name"] else None),
        ("Elsewhere", kpi["vendor_divergence"]),
    ):
        if text is None:
            continue
        yield textwrap.fill(text, WIDTH, initial_indent=f"  {title + ':':12}", subsequent_indent=" " * 14)


def parameters_of(kpi: dict[str, Any], by: list[str], question: Question) -> dict[str, Any]:
    """The second argument of the macro, if any: asked for, or of a share what it is taken within."""
    asked: dict[str, Any] = dict(question.parameters)
    if kpi["shape"] == "share" and (others := [column for column in by if column != kpi["needed_dimension"]]):
        asked["within"] = f"({', '.join(f'v.{quoted(column)}' for column in others)})"
    for parameter in asked:
        if parameter != kpi["parameter_name"]:
            raise RefusedError(f"{kpi['kpi_name']} takes no {parameter}.")
    return asked


def query(kpi: dict[str, Any], by: list[str], question: Question, parameters: dict[str, Any]) -> str:
    """The SELECT that answers; names come from the registry, dates and numbers are typed."""
    columns = [f"v.{quoted(column)}" for column in by]
    arguments = ["v", *(f"{parameter} := {value}" for parameter, value in parameters.items())]
    parts = {
        "value": f"{kpi['kpi_name']}({', '.join(arguments)})",
        "numerator": kpi["numerator_expression"],
        "denominator": kpi["denominator_expression"],
        "observations": kpi["observations_expression"],
    }
    if question.parameters or kpi["shape"] == "share":
        parts = {"value": parts["value"]}
    selected = ",\n    ".join([*columns, *(f"{sql} as {part}" for part, sql in parts.items())])
    lines = [f"select\n    {selected}", f"from marts.{kpi['relation']} as v"]
    if where := within_dates(kpi, question):
        lines.append(f"where {where}")
    if columns:
        lines += [f"group by {', '.join(columns)}", "order by all"]
    return "\n".join(lines)


def within_dates(kpi: dict[str, Any], question: Question) -> str:
    dates = {">=": question.first, "<=": question.last}
    return " and ".join(f"v.{kpi['time_column']} {sign} date {literal(day)}" for sign, day in dates.items() if day)


def dates_in(
    connection: duckdb.DuckDBPyConnection, kpi: dict[str, Any], question: Question
) -> tuple[date, date] | None:
    """First and last date of the rows that the answer is made of; None without any row."""
    time = f"v.{kpi['time_column']}"
    asked = f"{time} is not null and {within_dates(kpi, question) or 'true'}"
    start, end, first, last = connection.execute(
        f"""
        select min({time}), max({time}), min({time}) filter (where {asked}), max({time}) filter (where {asked})
        from marts.{kpi["relation"]} as v
        """
    ).fetchone()
    if first is None and start is not None:
        raise RefusedError(f"the data has no row in that time; {kpi['time_column']} goes from {start} to {end}.")
    return first and (first, last)


def values(
    connection: duckdb.DuckDBPyConnection,
    kpi: dict[str, Any],
    by: list[str],
    sql: str,
    target_of: Callable[[tuple], Target | None] | None,
) -> Iterable[str]:
    """The answer as a table; beside targets unless the question is one of its own, to which none belongs."""
    cursor = connection.execute(sql)
    columns = [description[0] for description in cursor.description]
    rows = cursor.fetchall()
    position = len(by)
    table = [
        [name, *(map(readable, cells, repeat(kpi["unit"])) if name == "value" else parts(cells))]
        for name, *cells in zip(columns, *rows, strict=True)
    ]
    if target_of:
        judged = [judgment(row[position], target_of(row[:position]), kpi["unit"]) for row in rows]
        table += zip(("target", "status"), *judged, strict=True)
    yield from aligned([list(row) for row in zip(*table, strict=True)], names=position)


def judgment(value: float | Decimal | None, target: Target | None, unit: str) -> tuple[str, str]:
    """The target and the status; a target that changed judges nothing."""
    if target is None:
        return "changed", "-"
    return bounds(*target, unit), status(value, *target)


def parts(cells: list[Any]) -> list[str]:
    """Members, or numbers of one column: with decimals where one is not whole."""
    is_whole = all(round(cell, 2) == round(cell) for cell in cells if isinstance(cell, (float, Decimal)))
    return [readable(cell, "count" if is_whole else "number") for cell in cells]


def own_targets(
    connection: duckdb.DuckDBPyConnection, kpi: dict[str, Any], by: list[str], span: tuple[date, date] | None
) -> Callable[[tuple], Target | None]:
    """Gives the own target of a row's members: of the narrowest scope that they tell, in force on the row's date.

    A row without a date is of the whole span: it has the target that was in force all the time, and None if that
    changed within it, as no one target judges such a value.
    """
    own = connection.execute(
        f"""
        select {", ".join(SCOPES)}, valid_from, valid_to, target_low, target_high
        from marts.dim_kpi_target
        where kpi_name = ? and target_kind = 'own'
        """,
        [kpi["kpi_name"]],
    ).fetchall()

    def target_of(members: tuple) -> Target | None:
        told = dict(zip(by, members, strict=True))
        fitting = []
        for *names, since, until, low, high in own:
            scope = dict(zip(SCOPES, names, strict=True))
            narrow = [column for column, name in scope.items() if name != SCOPES[column]]
            if all(told.get(column) == scope[column] for column in narrow):
                # A queue tells more than a channel.
                fitting.append((len(narrow), "queue_name" in narrow, since, until, Target(low, high)))
        day = told.get(kpi["time_column"])
        first, last = (day, day) if day else span or (FOREVER, FOREVER)
        turns = {turn for *_, since, until, _ in fitting for turn in (since, until) if first < turn <= last}
        found = {in_force(fitting, turn) for turn in {first, *turns}}
        return found.pop() if len(found) == 1 else None

    return target_of


def in_force(fitting: list[tuple], day: date) -> Target:
    on_the_day = [target for target in fitting if target[2] <= day < target[3]]
    return max(on_the_day, key=lambda target: target[:2])[-1] if on_the_day else Target(None, None)


def targets(connection: duckdb.DuckDBPyConnection, kpi: dict[str, Any]) -> Iterable[str]:
    rows = connection.execute(
        """
        select
            target_kind, queue_name, channel_name, contact_reason_name, target_low, target_high, valid_from,
            valid_to, evidence_grade, source_name, reason
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
    for kind, queue, channel, reason_name, low, high, since, until, grade, source, reason in rows:
        told = f"{bounds(low, high, kpi['unit'])} for {scope_of(queue, channel, reason_name)}"
        time = f"since {since}" if until == FOREVER else f"from {since} to {until - timedelta(days=1)}"
        origin = f"{time}: {reason}" if kind == "own" else f"benchmark, grade {grade}, {source}: {reason}"
        yield textwrap.fill(f"{told}, {origin}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield ""


def scope_of(*names: str) -> str:
    """What narrows a target, of the names of its queue, channel and contact reason."""
    return ", ".join(name for name in names if name not in SCOPES.values()) or "all"


def bounds(low: float | None, high: float | None, unit: str) -> str:
    if low is None and high is None:
        return "-"
    if high is None:
        return f"at least {readable(low, unit)}"
    if low is None:
        return f"at most {readable(high, unit)}"
    return f"{readable(low, unit)} to {readable(high, unit)}"


def status(value: float | Decimal | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "no value"
    if low is None and high is None:
        return "no target"
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
