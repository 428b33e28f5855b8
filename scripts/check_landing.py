"""Check landed files before a build: say per file and column what is wrong, in how many rows, and what to do.

    python -m scripts.check_landing --root landing files asterisk

Looks at every source that reads files, or at those named: files that cannot be read, columns that are missing, lines
that are no record, and files that no table asks for. Plain files (`files`) are held to their contract as well: types,
codes, values that must be there, ids that must be unique and ids that must be in another file. Files are read by the
macros that read them in a build. Never shows a value, only what it looks like: a letter is shown as a, a digit as 9.

Exit code 1 when something is wrong, 2 when there is nothing to check.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb
import yaml

from scripts import landing
from scripts.contract import SEEDS, Column, Table, read_contract
from scripts.landing_macros import macros, quoted

PROJECT = Path(__file__).resolve().parents[1]
CONTRACT_SOURCE = "files"
LONGEST_LOOK = 24
# What a value of a type should be, and how to write it.
EXPECTED = {
    "timestamp": ("no time of 1900 to 2099", "Write 2026-11-02T09:00:00-05:00, or UTC without an offset."),
    "date": ("no date of 1900 to 2099", "Write 2026-11-02."),
    "boolean": ("neither true nor false", "Write true or false."),
    "integer": ("no whole number", "Write digits only."),
    "bigint": ("no whole number", "Write digits only."),
}
# What the name of a file of a shape ends with.
ENDINGS = {
    "rows": "with .csv, .tsv, .parquet or nothing behind, .gz or not",
    "documents": "with .json, .jsonl, .ndjson, .parquet or nothing behind, .gz or not",
    "lines": "with any ending but those of tables and JSON, .gz or not",
}
NO_ROW = "It holds no record."
NUMBER = ("no number", "Write digits with a decimal point and no unit.")


@dataclass(frozen=True)
class Finding:
    """What is wrong with a file, or worth a look where `is_wrong` is false."""

    file: str
    text: str
    is_wrong: bool = True


@dataclass(frozen=True)
class Check:
    """A condition that wrong rows of a file fulfill; `looks` is the SQL of a text to show the look of."""

    condition: str
    text: str
    advice: str
    column: str = ""
    looks: str = "null"


def check_source(root: Path, source: str, tables: dict) -> Iterator[Finding]:
    """All findings of one source; those of the contract last."""
    try:
        assigned = list(landing.assigned(root / source, tables))
    except landing.Unreadable as unreadable:
        yield Finding(source, f"{unreadable} The build stops here.")
        return
    readable, unread = [], set()
    for table, instance, path, name in assigned:
        if table is None:
            nearest = nearest_table(name, tables)
            names = ", ".join(landing.globs(nearest, tables)[:2])
            ending = ENDINGS[tables[nearest].get("shape", "rows")]
            text = f"No table asks for this file. It is not read; names are such as {names}, {ending}, in this case."
            yield Finding(name, text, False)
            continue
        try:
            file = landing.read_header(tables[table], table, instance, path, name)
        except landing.Unreadable as unreadable:
            yield Finding(name, f"{unreadable} Land it again: the build stops here.")
            unread.add(table)
            continue
        flaws = list(landing.wrong_headers(tables, [file]))
        for flaw in flaws:
            yield Finding(name, f"{flaw} Mend the header: the build stops here.")
        if flaws:
            unread.add(table)
        else:
            readable.append(file)
    landed = unread.union(file.table for file in readable)
    for sentence in landing.missing_tables(root / source, tables, landed):
        yield Finding(source, f"{sentence} The build stops here.")
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "check.duckdb")) as connection:
        connection.execute("set timezone = 'UTC'")
        if source == CONTRACT_SOURCE:
            yield from check_contract(connection, readable, unread)
        else:
            for file in readable:
                yield from check_lines(connection, tables[file.table], file)


def check_lines(connection, declared: dict, file: landing.LandedFile) -> Iterator[Finding]:
    """Lines that are no record or no document."""
    shape = declared.get("shape", "rows")
    if file.is_parquet or shape == "lines":
        return
    if shape == "documents":
        key, list_key = declared["document_key"], declared.get("document_list")
        query = f"select source_row as row, document is null as is_wrong from {documents(file, key, list_key)}"
        text = f"no JSON object with the key {key}"
    else:
        columns = landing.required(declared)
        query = f"select source_row as row, is_malformed as is_wrong from {rows(file, columns)}"
        text = f"not the {len(file.columns)} fields of the header"
    landed, count, first = connection.execute(
        f"select count(*), count(*) filter (is_wrong), min(row) filter (is_wrong) from ({query})"
    ).fetchone()
    if not landed:
        yield Finding(file.name, NO_ROW, False)
    if count:
        yield Finding(file.name, f"{found(text, count, file, first)}. A build quarantines what is no record.")


def documents(file: landing.LandedFile, key: str, list_key: str | None) -> str:
    return macros().documents_of_files([file], key, list_key)


def rows(file: landing.LandedFile, columns: list[str]) -> str:
    """A sub-query over the rows of a file, as macros/landing/landed_rows.sql gives them."""
    if file.is_parquet:
        return macros().rows_of_parquet([file], columns)
    return macros().rows_of_text([file], columns)


def check_contract(connection, files: list[landing.LandedFile], unread: set[str]) -> Iterator[Finding]:
    """What plain files hold against their contract, within a file and across files that could all be read."""
    contract = read_contract(PROJECT)
    codes = {column.meta["codes"] for table in contract.values() for column in table.columns if "codes" in column.meta}
    for seed in codes:
        connection.execute(f"create table {seed} as from read_csv(?)", [str(PROJECT / SEEDS / f"{seed}.csv")])
    for name in {file.table for file in files}:
        ids = ", ".join(f"{quoted(column)} varchar" for column in id_columns(contract[name]))
        connection.execute(
            f"create table ids_{name} (file varchar, row bigint, instance varchar, id varchar, content ubigint,"
            f" updated_at varchar, {ids})"
        )
    for file in files:
        table = contract[file.table]
        yield from check_rows(connection, table, file)
        known = set(file.columns).intersection(column.name for column in table.columns)
        if unknown := [column for column in file.columns if column and column not in known]:
            yield Finding(file.name, f"Columns that the contract does not name are not read: {listed(unknown)}.", False)
    places = {file.name: file for file in files}
    for name in dict.fromkeys(file.table for file in files):
        yield from check_ids(connection, contract, contract[name], places, unread)


def id_columns(table: Table) -> list[str]:
    """Columns that hold ids of other tables or of this one."""
    linked = [column.name for column in table.columns if {"belongs_to", "references"} & column.meta.keys()]
    return list(dict.fromkeys([*linked, *table.key]))


def check_rows(connection, table: Table, file: landing.LandedFile) -> Iterator[Finding]:
    """What each row shows by itself; keeps the ids of the file for what only all files show together."""
    checks = list(checks_of(table, file))
    landed = rows(file, [column.name for column in table.columns])
    values = ",\n".join(
        f"{value_of(column)} as {quoted('value of ' + column.staged_name)}"
        for column in table.columns
        if not column.is_personal
    )
    counts = ",\n".join(
        f"count(*) filter ({check.condition}), min(source_row) filter ({check.condition}),"
        f" arg_min({check.looks}, source_row) filter ({check.condition})"
        for check in checks
    )
    landed_rows, *answers = connection.execute(
        f"select count(*), {counts} from (select *, {values} from {landed})"
    ).fetchone()
    if not landed_rows:
        yield Finding(file.name, NO_ROW, False)
    for number, check in enumerate(checks):
        count, first, value = answers[3 * number : 3 * number + 3]
        if count:
            look = f", where it looks like {look_of(value)}" if value else ""
            column = f"{check.column}: " if check.column else ""
            yield Finding(file.name, f"{column}{found(check.text, count, file, first)}{look}. {check.advice}")
    ids = ", ".join(quoted(column) for column in id_columns(table))
    content = ", ".join(quoted(column.name) for column in table.columns)
    connection.execute(
        f"insert into ids_{table.name} select source_file, source_row, source_instance, {id_of(table)},"
        f" hash({content}), updated_at, {ids} from {landed} where not is_malformed"
    )


def id_of(table: Table) -> str:
    """SQL of the id of a row; NULL where a part that must be there is missing."""
    required = {column.name for column in table.columns if column.is_required}
    parts = [quoted(part) if part in required else f"coalesce({quoted(part)}, '')" for part in table.key]
    return " || chr(31) || ".join(parts)


def value_of(column: Column) -> str:
    """SQL of the value that a build takes from the text of a column."""
    published = column.meta | {"name": column.staged_name, "data_type": column.data_type}
    return macros().published_value(published, column.meta.get("codes"))


def checks_of(table: Table, file: landing.LandedFile) -> Iterator[Check]:
    fields = len(file.columns)
    advice = "Put fields that hold a delimiter in quotes and close them: a build quarantines what is no record."
    yield Check("is_malformed", f"not the {fields} fields of the header", advice)
    for column in table.columns:
        text, value = quoted(column.name), quoted("value of " + column.staged_name)
        if column.name not in file.columns:
            continue
        if column.is_required:
            condition = f"not is_malformed and {text} is null"
            yield Check(condition, "empty", "It must be there.", column.name)
        if column.is_personal:
            continue
        wrong, advice = expected(column)
        yield Check(f"{text} is not null and {value} is null", wrong, advice, column.name, text)
        if longest := column.meta.get("longest_seconds"):
            condition = f"({value} < -2 or {value} > {longest})"
            text_of_longest = f"not between 0 and {longest:,} seconds"
            yield Check(condition, text_of_longest, "It counts as unknown.", column.name, text)
    if one_of := table.meta.get("needs_one_of"):
        condition = f"not is_malformed and coalesce({', '.join(map(quoted, one_of))}) is null"
        yield Check(condition, f"none of {listed(one_of)}", "One of them must be there.")
    for reason, condition in table.meta.get("quarantine", {}).items():
        names = "|".join(column.staged_name for column in table.columns)
        over_values = re.sub(rf"\b({names})\b", r'"value of \1"', condition)
        yield Check(f"({over_values})", reason.replace("_", " "), f"No row may have {condition.strip()}.")


def expected(column: Column) -> tuple[str, str]:
    """What is wrong with a value of a column that holds none, and how to write it."""
    meta = column.meta
    if column.codes:
        advice = f"Use one of {', '.join(column.codes)}."
        return "not a code of the contract", advice + (
            f" It counts as {meta['otherwise']}." if "otherwise" in meta else ""
        )
    if "pattern" in meta:
        return "not of its form", f"Write what the pattern {meta['pattern']} allows."
    if "is_time_zone" in meta:
        return "no time zone", "Write a name of the time-zone database, such as America/New_York."
    wrong, advice = EXPECTED.get(column.data_type, NUMBER)
    bounds = [f"{word} {meta[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in meta]
    return (f"{wrong} {' '.join(bounds)}" if bounds else wrong), advice


def check_ids(connection, contract: dict, table: Table, places: dict, unread: set[str]) -> Iterator[Finding]:
    """Ids that several rows have, and ids that no row of another table has."""
    key = ", ".join(table.key)
    # Copies are one row, and versions are told apart by the time they were written.
    repeated = f"""
        select file, count(*), min(row) from ids_{table.name}
        semi join (
            select instance, id from ids_{table.name}
            where id is not null
            group by all
            having count(*) > 1 and count(distinct content) > count(distinct coalesce(updated_at, ''))
        ) as repeated using (instance, id)
        group by file order by file
    """
    for file, count, first in connection.execute(repeated).fetchall():
        text = found(f"{key}: an id that other rows have too", count, places[file], first)
        yield Finding(file, f"{text}. One of them is used: make ids unique, or tell versions apart by updated_at.")
    landed = {file.table for file in places.values()}
    for column in table.columns:
        is_bound = "belongs_to" in column.meta
        parent = column.meta.get("belongs_to") or column.meta.get("references")
        # A directory that has not landed at all is no mistake. Where a file could not be read, its ids are not known.
        if parent is None or parent in unread or (parent not in landed and not is_bound):
            continue
        name = quoted(column.name)
        among = f"select instance, {quoted(contract[parent].key[0])} as parent_id from ids_{parent}"
        query = f"""
            select file, count(*), min(row) from ids_{table.name}
            anti join ({among if parent in landed else "select '' as instance, '' as parent_id"}) as parents
                on ids_{table.name}.instance = parents.instance and {name} = parents.parent_id
            where {name} is not null
            group by file order by file
        """
        advice = "The row is quarantined until it lands." if is_bound else "The row is used all the same."
        for file, count, first in connection.execute(query).fetchall():
            text = found(f"{column.name}: an id that is not in {parent}", count, places[file], first)
            yield Finding(file, f"{text}. Land it there. {advice}", is_bound)


def found(text: str, count: int, file: landing.LandedFile, first: int) -> str:
    return f"{text} in {count:,} row{'' if count == 1 else 's'}, first in {place(file, first)}"


def place(file: landing.LandedFile, row: int) -> str:
    return f"row {row:,}" if file.is_parquet else f"line {row + file.has_header:,}"


def look_of(value: str) -> str:
    """The look of a value, without the value: a for a letter, 9 for a digit."""
    look = "".join("9" if char.isdigit() else "a" if char.isalpha() else char for char in value)
    return f"'{look[:LONGEST_LOOK]}{'...' if len(look) > LONGEST_LOOK else ''}'"


def listed(names) -> str:
    return ", ".join(names)


def nearest_table(name: str, tables: dict) -> str:
    """The table whose name looks most like that of a file which none asks for."""
    stem = name.rpartition("/")[2].partition(".")[0].lower()
    return next(iter(get_close_matches(stem, tables, n=1)), next(iter(tables)))


def report(source: str, findings: list[Finding]) -> None:
    wrong = [finding for finding in findings if finding.is_wrong]
    files = len({finding.file for finding in wrong})
    print(f"== {source}: {len(wrong)} wrong" + (f" in {files} file{'' if files == 1 else 's'}" if wrong else ""))
    for file in dict.fromkeys(finding.file for finding in findings):
        print(file)
        for finding in findings:
            if finding.file == file:
                print(f"  {'wrong' if finding.is_wrong else 'note '}  {finding.text}")


def main(arguments: list[str] | None = None) -> int:
    variables = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    tables = {source: declared for source, declared in variables["landed_tables"].items() if isinstance(declared, dict)}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="*", help=f"one of {', '.join(tables)}; by default those that have a folder")
    parser.add_argument("--root", help="folder that has one folder per source (the variable landing_root)")
    asked = parser.parse_args(arguments)
    root = Path(asked.root or variables["landing_root"])
    if unknown := [source for source in asked.sources if source not in tables]:
        print(f"No source that reads files is named {listed(unknown)}: there are {listed(tables)}.", file=sys.stderr)
        return 2
    sources = asked.sources or [source for source in tables if (root / source).is_dir()]
    if not sources:
        print(f"Nothing has landed: {root} has no folder named {listed(tables)}.", file=sys.stderr)
        return 2
    all_findings = []
    for source in sources:
        findings = list(check_source(root, source, tables[source]))
        report(source, findings)
        all_findings += findings
    return 1 if any(finding.is_wrong for finding in all_findings) else 0


if __name__ == "__main__":
    sys.exit(main())
