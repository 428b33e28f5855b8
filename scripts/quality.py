"""Check the landed rows and the KPIs with Great Expectations: `python -m scripts.quality` (`make quality`).

The expectations are the files in tests/expectations. Each that fails is printed, with what to do; the
exit code is 1 when one of severity error failed, 2 when they could not be checked at all. A build
runs it before it publishes, and publishes nothing unless the exit code is 0.

How each came out is written to meta.expectation_results of the build file and, to be read without a
network, to target/docs/quality/index.html.

Environment: CONTACT_CENTER_BUILD_FILE, the file dbt builds (default warehouse/build.duckdb), and
CONTACT_CENTER_EXPECTATIONS, the folder of the specifications (default tests/expectations). While
expectations are checked the file is open read-only. Judged are the schemas raw, meta and kpis alone;
beside them marts.dim_kpi is read, because what a KPI may be stands in the registry and not here once more.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import yaml

from scripts.page_templates import page_templates
from scripts.publish import build_file

FOLDER = Path(__file__).parents[1] / "tests" / "expectations"
# Claims that many files of a folder make, with names in braces for what differs.
PATTERNS = "_patterns.yml"
SCHEMAS = ("raw", "meta", "kpis")
RESULTS = "meta.expectation_results"
PAGE = Path("target/docs/quality/index.html")
REGISTRY = "marts.dim_kpi"
SEVERITIES = ("error", "warn")
WHEN_MISSING = ("fail", "skip")
SHOWN_VALUES = 5


class QualityError(Exception):
    """Why nothing could be checked, in one sentence."""


@dataclass(frozen=True)
class Expectation:
    """A claim, and what to do when it does not hold; tests/expectations/README.md has the keys."""

    suite: str
    schema: str
    name: str
    meaning: str
    severity: str
    action: str
    owner: str
    table: str
    expectation: str = "unexpected_rows_expectation"
    arguments: dict[str, Any] | None = None
    unexpected_rows: str | None = None
    tolerance: str | None = None
    pattern: str | None = None
    column: str | None = None

    @property
    def relation(self) -> str:
        return f"{self.schema}.{self.table}"


@dataclass(frozen=True)
class Suite:
    name: str
    schema: str
    when_missing: str
    expectations: list[Expectation]


@dataclass(frozen=True)
class Outcome:
    expectation: Expectation
    success: bool
    observed: str
    was_checked: bool = True

    @property
    def status(self) -> str:
        return "pass" if self.success else "fail" if self.was_checked else "unchecked"

    @property
    def severity(self) -> str:
        """A claim that could not be checked is an error, whatever it is about."""
        return self.expectation.severity if self.was_checked else "error"


EXPECTATION_KEYS = [field.name for field in fields(Expectation) if field.name not in ("suite", "schema")]
TEXTS_OF_A_PATTERN = ("name", "table", "meaning", "severity", "tolerance", "action")
PATTERN_KEYS = ("parameters", *TEXTS_OF_A_PATTERN, "unexpected_rows")
REQUIRED_KEYS = ("name", "meaning", "severity", "action", "owner", "table")
SUITE_KEYS = ("schema", "table", "owner", "when_table_is_missing", "expectations")


def folder_of_specifications() -> Path:
    return Path(os.environ.get("CONTACT_CENTER_EXPECTATIONS", FOLDER))


def read_suites(folder: Path) -> list[Suite]:
    """One suite for each file of the folder and of those in it, named by its path: kpis/cost."""
    files = [file for file in sorted(folder.rglob("*.yml")) if file.name != PATTERNS]
    if not files:
        raise QualityError(f"{folder} holds no specification, a file named *.yml")
    return [read_suite(file, file.relative_to(folder).with_suffix("").as_posix()) for file in files]


def read_suite(file: Path, name: str) -> Suite:
    content = read_yaml(file)
    known_only(file.name, content, SUITE_KEYS)
    schema = one_of(file.name, "schema", content.get("schema"), SCHEMAS)
    missing = content.get("when_table_is_missing", "fail")
    defaults = {key: content[key] for key in ("table", "owner") if key in content}
    expectations = [
        read_expectation(file, {**defaults, **entry}, name, schema) for entry in content.get("expectations") or []
    ]
    names = Counter(expectation.name for expectation in expectations)
    if not names or max(names.values()) > 1:
        fault = f"has two of {names.most_common(1)[0][0]}" if names else "is empty"
        raise QualityError(f"{file.name}: the list of expectations {fault}")
    return Suite(
        name=name,
        schema=schema,
        when_missing=one_of(file.name, "when_table_is_missing", missing, WHEN_MISSING),
        expectations=expectations,
    )


def read_yaml(file: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise QualityError(f"{file.name} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise QualityError(f"{file.name} holds no keys")
    return content


def read_expectation(file: Path, entry: dict[str, Any], suite: str, schema: str) -> Expectation:
    where = f"{file.name}, expectation {entry.get('name') or entry.get('column', '(without a name)')}"
    if "pattern" in entry:
        entry = filled_in(where, file, entry)
    known_only(where, entry, EXPECTATION_KEYS)
    for key in REQUIRED_KEYS:
        if not entry.get(key):
            raise QualityError(f"{where}: the key {key} is missing")
    one_of(where, "severity", entry["severity"], SEVERITIES)
    if ("expectation" in entry) == ("unexpected_rows" in entry):
        raise QualityError(f"{where}: give either the key expectation or the key unexpected_rows")
    if "{batch}" not in entry.get("unexpected_rows", "{batch}"):
        raise QualityError(f"{where}: unexpected_rows must read from {{batch}}, its own table")
    if "mostly" in entry.get("arguments", {}) and not entry.get("tolerance"):
        raise QualityError(f"{where}: say under tolerance why mostly is below 1")
    return Expectation(suite=suite, schema=schema, **entry)


def filled_in(where: str, file: Path, entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of a pattern as one that is written out: what it gives itself goes before what the pattern says."""
    source = file.with_name(PATTERNS)
    patterns = read_yaml(source) if source.is_file() else {}
    pattern = patterns[one_of(where, "pattern", entry["pattern"], patterns)]
    known_only(f"{PATTERNS}, {entry['pattern']}", pattern, PATTERN_KEYS)
    parameters = {key: entry.pop(key, default) for key, default in pattern.get("parameters", {}).items()}
    if missing := [key for key, value in parameters.items() if value is None]:
        raise QualityError(f"{where}: the pattern {entry['pattern']} needs {', '.join(missing)}")
    sql = pattern["unexpected_rows"]
    for key, value in {**parameters, "file": file.stem}.items():
        sql = sql.replace(f"[{key}]", as_sql(value))
    texts = {"file": file.stem.replace("_", " "), **{key: as_text(value) for key, value in parameters.items()}}
    told = {key: pattern[key].format(**texts) for key in TEXTS_OF_A_PATTERN if key in pattern}
    return {"column": parameters.get("column"), **told, **entry, "unexpected_rows": sql}


def as_sql(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join("'" + str(item).replace("'", "''") + "'" for item in value)
    return str(value)


def as_text(value: Any) -> str:
    """In a sentence a broken number is a share."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value * 100:.4g} %" if isinstance(value, float) else str(value)


def place(expectation: Expectation) -> str:
    return f"{expectation.suite}.yml, expectation {expectation.name}"


def known_only(where: str, entry: dict[str, Any], keys: Iterable[str]) -> None:
    for key in entry:
        if key not in keys:
            raise QualityError(f"{where}: unknown key {key}; known are {', '.join(keys)}")


def one_of(where: str, key: str, value: Any, allowed: Iterable[str]) -> str:
    if value not in allowed:
        raise QualityError(f"{where}: {key} is {value}; it may be {' or '.join(allowed)}")
    return value


def present_suites(suites: list[Suite], build: Path) -> tuple[list[Suite], list[Suite]]:
    """Give the suites whose tables are in the build, and those that are skipped because one is not."""
    if not build.is_file():
        raise QualityError(f"there is no build file {build}; run `dbt build` first")
    present, skipped = [], []
    try:
        with duckdb.connect(build, read_only=True) as connection:
            tables = {
                f"{schema}.{table}"
                for schema, table in connection.execute(
                    "select schema_name, table_name from duckdb_tables()"
                    " union all select schema_name, view_name from duckdb_views()"
                ).fetchall()
            }
            for suite in suites:
                absent = sorted({e.relation for e in suite.expectations} - tables)
                if absent and suite.when_missing == "skip":
                    skipped.append(suite)
                    continue
                for expectation in suite.expectations:
                    check_relations(expectation, tables, connection)
                present.append(suite)
    except duckdb.IOException as error:
        raise QualityError(f"{build} cannot be read: {first_line(error)}") from error
    return present, skipped


def check_relations(expectation: Expectation, tables: set[str], connection: duckdb.DuckDBPyConnection) -> None:
    for relation in sorted(relations(expectation, connection)):
        if relation != REGISTRY and relation.split(".")[0] not in SCHEMAS:
            raise QualityError(
                f"{place(expectation)}: reads {relation}; only raw, meta, kpis and {REGISTRY} may be read"
            )
        if relation not in tables:
            raise QualityError(f"{place(expectation)}: the build has no table {relation}")


def relations(expectation: Expectation, connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Every table that an expectation reads."""
    if not expectation.unexpected_rows:
        return {expectation.relation}
    query = expectation.unexpected_rows.format(batch=expectation.relation)
    (text,) = connection.execute("select json_serialize_sql(?::varchar)", [query]).fetchone()
    tree = json.loads(text)
    if tree["error"]:
        raise QualityError(f"{place(expectation)}: its SQL does not parse: {tree['error_message']}")
    return {expectation.relation, *named_relations(tree)}


def named_relations(node: Any) -> Iterator[str]:
    """Every schema.table in a parsed query; a name without a schema is one of its own CTEs."""
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
            yield f"{node['schema_name']}.{node['table_name']}"
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from named_relations(part)


def check(suites: list[Suite], build: Path) -> list[Outcome]:
    """Check every expectation in the database itself, one batch for each table."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    try:
        import great_expectations as gx  # takes seconds, so not before a specification is found sound
    except ImportError as error:
        raise QualityError(f"{error}; install requirements/build.txt") from error
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_or_update_sql(
        name="build",
        connection_string=f"duckdb:///{build.absolute()}",
        # Without these every metric fails: DuckDB has no rollback outside a transaction.
        kwargs={
            "isolation_level": "AUTOCOMMIT",
            "skip_autocommit_rollback": True,
            "connect_args": {"read_only": True},
        },
    )
    expectations = [expectation for suite in suites for expectation in suite.expectations]
    outcomes = {}
    try:
        for relation in dict.fromkeys(e.relation for e in expectations):
            outcomes |= check_table([e for e in expectations if e.relation == relation], source, gx)
        return [outcomes[place(expectation)] for expectation in expectations]
    finally:
        # Both keep a connection, and an open one would keep the results from being written.
        source.get_execution_engine().close()
        source.get_engine().dispose()


def check_table(expectations: list[Expectation], source: Any, gx: Any) -> dict[str, Outcome]:
    """Check what is expected of one table, in one batch: each costs as much as some expectations."""
    first = expectations[0]
    asset = source.add_table_asset(first.relation, table_name=first.table, schema_name=first.schema)
    batch = asset.add_batch_definition_whole_table("whole table").get_batch()
    result = batch.validate(
        gx.ExpectationSuite(name=first.relation, expectations=[translated(e, gx) for e in expectations]),
        result_format="COMPLETE",
    )
    named = {place(expectation): expectation for expectation in expectations}
    outcomes = {}
    for entry in result.results:
        expectation = named[entry.expectation_config.meta["place"]]
        outcomes[place(expectation)] = Outcome(
            expectation, entry.success, observed(entry), was_checked=bool(entry.result)
        )
    return outcomes


def translated(expectation: Expectation, gx: Any) -> Any:
    class_name = "".join(word.title() for word in expectation.expectation.split("_"))
    kind = getattr(gx.expectations, class_name, None)
    if kind is None:
        raise QualityError(f"{place(expectation)}: Great Expectations has no expectation {expectation.expectation}")
    arguments = dict(expectation.arguments or {})
    if expectation.unexpected_rows:
        arguments["unexpected_rows_query"] = expectation.unexpected_rows
    meta = {"place": place(expectation), "owner": expectation.owner, "action": expectation.action}
    try:
        return kind(meta=meta, notes=expectation.meaning, **arguments)
    except (TypeError, ValueError) as error:
        raise QualityError(f"{place(expectation)}: {' '.join(str(error).split())}") from error


def observed(entry: Any) -> str:
    """Say in a few words what was found, whichever shape the result of the expectation has."""
    result = entry.result
    details = result.get("details") or {}
    if entry.success:
        return ""
    if not result:
        causes = [info.get("exception_message") for info in entry.exception_info.values() if isinstance(info, dict)]
        return f"could not be checked: {first_line(causes[0] if causes else 'no reason given')}"
    if "mismatched" in details:
        return f"missing {', '.join(details['mismatched'].get('missing', []))}"
    if "unexpected_rows" in details:
        count, rows = result["observed_value"], details["unexpected_rows"]
        first = ", ".join(f"{key} {number(value)}" for key, value in dict(rows[0]).items())
        return first if count == 1 else f"{count} such, the first {first}"
    if "unexpected_count" in result:
        values = dict.fromkeys(map(number, result["partial_unexpected_list"]))
        shown = ", ".join(list(values)[:SHOWN_VALUES])
        share = result["unexpected_count"] / result["element_count"]
        return f"{result['unexpected_count']:,} rows ({share:.2%}): {shown}"
    return number(result["observed_value"])


def number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def first_line(error: Any) -> str:
    return str(error).strip().splitlines()[0]


def report(outcomes: list[Outcome], skipped: list[Suite]) -> list[str]:
    failed = sorted((o for o in outcomes if not o.success), key=lambda o: SEVERITIES.index(o.severity))
    lines = []
    for outcome in failed:
        claim = outcome.expectation
        lines += [
            f"{outcome.severity:5}  {claim.suite}.{claim.name}: {' '.join(claim.meaning.split())}",
            f"       found: {outcome.observed}",
            f"       do: {' '.join(claim.action.split())} ({claim.owner})",
        ]
    if skipped:
        lines.append(f"Not checked, as this build lacks their tables: {len(skipped)} suites ({skipped[0].name}, ...)")
    return [*lines, f"{len(outcomes) - len(failed)} expectations passed, {len(failed)} failed"]


def rows_to_record(outcomes: list[Outcome], skipped: list[Expectation], checked_at: datetime) -> list[tuple]:
    """What the table of results holds, in the order of its columns."""
    found = [(outcome.expectation, outcome.status, outcome.observed or None) for outcome in outcomes]
    found += [(expectation, "skipped", "the build has no such table") for expectation in skipped]
    return [
        (
            e.suite,
            e.name,
            e.relation,
            " ".join(e.meaning.split()),
            e.severity,
            status,
            observed,
            e.tolerance,
            e.action,
            e.owner,
            checked_at,
        )
        for e, status, observed in found
    ]


def record(rows: list[tuple], build: Path) -> None:
    """Replace the results in the build file, if it has a table of them: a part of a build may not."""
    try:
        with duckdb.connect(build) as connection:
            schema, table = RESULTS.split(".")
            if connection.execute(
                "select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, table]
            ).fetchall():
                connection.execute("begin")
                connection.execute(f"delete from {RESULTS}")
                connection.executemany(f"insert into {RESULTS} values ({', '.join('?' * len(rows[0]))})", rows)
                connection.execute("commit")
    except duckdb.IOException as error:
        raise QualityError(f"the results could not be written to {build}: {first_line(error)}") from error


def write_page(rows: list[tuple], page: Path) -> None:
    """Write the results as one page that needs nothing beside it."""
    columns = ("suite", "name", "relation", "meaning", "severity", "status", "observed", "tolerance", "action", "owner")
    results = [dict(zip(columns, row, strict=False)) for row in rows]
    html = (
        page_templates()
        .get_template("quality.html")
        .render(
            checked_at=rows[0][-1],
            counts=Counter(result["status"] for result in results),
            troubled=[r for r in results if r["status"] in ("fail", "unchecked")],
            suites={
                suite: [r for r in results if r["suite"] == suite] for suite in dict.fromkeys(row[0] for row in rows)
            },
        )
    )
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(html, encoding="utf-8")


def main() -> int:
    try:
        build = build_file()
        suites = read_suites(folder_of_specifications())
        present, skipped = present_suites(suites, build)
        outcomes = check(present, build)
        absent = [expectation for suite in skipped for expectation in suite.expectations]
        rows = rows_to_record(outcomes, absent, datetime.now(UTC).replace(tzinfo=None, microsecond=0))
        record(rows, build)
    except QualityError as error:
        print(f"Quality was not checked: {error}.", file=sys.stderr)
        return 2
    write_page(rows, PAGE)
    print("\n".join(report(outcomes, skipped)))
    return int(any(not o.success and o.severity == "error" for o in outcomes))


if __name__ == "__main__":
    exit_code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # DuckDB prints a page about leaked objects when the engine outlives the interpreter.
    os._exit(exit_code)
