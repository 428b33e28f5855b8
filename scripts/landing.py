"""Which landed files hold which table, and what is wrong with them before a build reads them.

A source's files lie below <landing_root>/<source>/, or below <landing_root>/<source>/<instance>/ where several
systems of one kind are loaded. A file belongs to the first table one of whose `files` globs matches its name or
a folder above it; further folders, such as one per day, mean nothing. Tables are declared in the variable
`landed_tables` of dbt_project.yml.
"""

import codecs
import csv
import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO

import duckdb

DELIMITERS = ",\t;|"
# A header is read however long it is; at 128 kB csv would give up.
csv.field_size_limit(2**31 - 1)
# Every byte but those that Latin-1 has no letter for.
NO_C1 = bytes(byte for byte in range(256) if not 0x80 <= byte <= 0x9F)
# Extensions that say how a file is laid out; any other file is lines of text.
ROWS = (".csv", ".tsv", ".parquet")
DOCUMENTS = (".json", ".jsonl", ".ndjson", ".parquet")
# As many tables as a sentence names.
MOST_NAMES = 20
SHAPES = ("rows", "lines", "documents")


class Unreadable(Exception):
    """A file that cannot be read; says which, where and why in one sentence."""


@dataclass(frozen=True)
class LandedFile:
    table: str
    instance: str
    path: str
    # Below the folder of the source, with slashes.
    name: str
    is_parquet: bool = False
    delimiter: str = ","
    has_header: bool = False
    # Whether a field may stand in quotes.
    has_quotes: bool = True
    # Names of the fields in their order; empty where lines are not taken apart.
    columns: list[str] = field(default_factory=list)
    # Of text: utf-8; where a line is none, latin-1; where DuckDB would refuse that too, bytes.
    encoding: str = "utf-8"
    # Of Parquet, in the order of the columns: files whose types differ are read apart.
    types: list[str] = field(default_factory=list)
    # Differs when the file was written anew: its bytes and when it was written, to the nanosecond.
    signature: str = ""


def read_headers(root: str, source: str, tables: dict, known: dict[str, LandedFile]) -> Iterator[LandedFile]:
    for table, instance, path, name in assigned(Path(root, source), tables):
        if table is None:
            continue
        written, before = signature(path), known.get(str(path))
        if before and (before.table, before.signature) == (table, written):
            yield before
        else:
            yield replace(read_header(tables[table], table, instance, path, name), signature=written)


def read_header(declared: dict, table: str, instance: str, path: Path, name: str) -> LandedFile:
    """How one file of a table is laid out; raises Unreadable where nobody can tell."""
    shape = declared.get("shape", "rows")
    if path.name.removesuffix(".gz").endswith(".parquet"):
        columns, types = parquet_columns(path)
        return LandedFile(table, instance, str(path), name, True, columns=columns, types=types)
    first, encoding = first_line(path), encoding_of(path)
    refuse_no_text(path, first, shape)
    if shape != "rows":
        return LandedFile(table, instance, str(path), name, encoding=encoding)
    if not first:
        return LandedFile(table, instance, str(path), name, columns=required(declared))
    delimiter, columns = split_header(first, known(declared))
    without = declared.get("columns_without_header")
    # One word of a record may be a column's name in other letters, such as the application Answer; most are not.
    alike = set(required(declared)).intersection(map(alias, columns))
    has_header = not without or bool(known(declared).intersection(columns)) or 2 * len(alike) > len(required(declared))
    if not has_header:
        columns = without[: len(columns)]
    quotes = declared.get("quotes", True)
    return LandedFile(table, instance, str(path), name, False, delimiter, has_header, quotes, columns, encoding)


def assigned(folder: Path, tables: dict) -> Iterator[tuple[str | None, str, Path, str]]:
    """Table (None where no table asks for the file), instance, path and name of every file of a source."""
    for path in sorted(files_below(folder)) if folder.is_dir() else ():
        parts = path.relative_to(folder).parts
        instance = "default"
        if len(parts) > 1 and is_instance(parts[0], tables):
            instance, parts = parts[0], parts[1:]
        yield table_of(parts, tables), instance, path, path.relative_to(folder).as_posix()


def files_below(folder: Path, above: tuple[Path, ...] = ()) -> Iterator[Path]:
    """Files of a folder that are not hidden, links followed, but not back into a folder above."""
    here = folder.resolve()
    if here in above:
        return
    try:
        paths = list(folder.iterdir())
    except OSError as error:
        raise Unreadable(f"The folder {folder} cannot be read: {error.strerror}.") from error
    for path in paths:
        if path.name.startswith((".", "_")):
            continue
        if path.is_dir():
            yield from files_below(path, (*above, here))
        # A link to nothing is a file that cannot be read.
        elif path.is_file() or path.is_symlink():
            yield path


def is_instance(folder: str, tables: dict) -> bool:
    """A folder is an instance unless it is a table's, a date (no letter in it) or a partition (day=...)."""
    is_table = any(matches(folder, glob) for table in tables for glob in globs(table, tables))
    return not is_table and "=" not in folder and bool(re.search("[A-Za-z]", folder))


def table_of(parts: tuple[str, ...], tables: dict) -> str | None:
    for table in tables:
        shape = tables[table].get("shape", "rows")
        if has_shape(parts[-1], shape) and any(matches(part, glob) for part in parts for glob in globs(table, tables)):
            return table
    return None


def globs(table: str, tables: dict) -> list[str]:
    """How a file or folder of a table may be called: as declared, else the table's name and a date or number."""
    return tables[table].get("files") or [table, f"{table}.*", f"{table}-*", f"{table}[0-9]*", f"{table}_[0-9]*"]


def matches(part: str, glob: str) -> bool:
    return fnmatchcase(part.removesuffix(".gz"), glob)


def has_shape(name: str, shape: str) -> bool:
    name = name.removesuffix(".gz")
    if shape == "rows":
        return name.endswith(ROWS) or not Path(name).suffix
    if shape == "documents":
        return name.endswith(DOCUMENTS) or not name.endswith(ROWS)
    return not name.endswith((*ROWS, *DOCUMENTS))


def required(declared: dict) -> list[str]:
    return list(declared.get("columns", ()))


def known(declared: dict) -> set[str]:
    return {*required(declared), *declared.get("optional_columns", ())}


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where it is compressed; Unreadable where they cannot be had."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield file
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"The file {path} cannot be read: {reason}.") from error


def first_line(path: Path) -> str:
    """The first line that is not blank, without a byte-order mark."""
    first = ""
    with opened(path) as lines:
        for line in lines:
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise Unreadable(f"The file {path} is UTF-16, line 1 says so: save it as UTF-8.")
            # Files of old spreadsheets end their lines with a carriage return alone.
            letters = decoded(line).lstrip("\ufeff")
            first = next((part.strip(" ") for part in re.split("[\r\n]", letters) if part.strip(" ")), "")
            if first:
                break
    return first


def refuse_no_text(path: Path, first: str, shape: str) -> None:
    """What is no lines of text, although its name says so: nothing could be used of it."""
    if first.startswith("\x1f\x8b") and path.suffix != ".gz":
        raise Unreadable(f"The file {path} is compressed, line 1 says so: add .gz to its name.")
    if first.startswith("PAR1"):
        raise Unreadable(f"The file {path} is Parquet, line 1 says so: its name must end with .parquet.")
    # Every second byte of UTF-16 is zero; one that is torn elsewhere costs its line only, unless it is the header.
    if "\0" in (first if shape == "rows" else first[:2]):
        raise Unreadable(f"The file {path} is no text, line 1 has zero bytes: save it as UTF-8.")


def encoding_of(path: Path) -> str:
    """How the build is to read a file; a compressed one is read to its end, where it shows whether it is cut.

    DuckDB refuses the bytes 0x80 to 0x9f in Latin-1, where they mean nothing.
    """
    decoder, is_utf_8, has_c1 = codecs.getincrementaldecoder("utf-8")(), True, False
    with opened(path) as file:
        while is_utf_8 or not has_c1:
            chunk = file.read(2**20)
            has_c1 = has_c1 or not chunk.isascii() and bool(chunk.translate(None, NO_C1))
            try:
                decoder.decode(chunk, final=not chunk) if is_utf_8 else None
            except UnicodeDecodeError:
                is_utf_8 = False
            if not chunk:
                break
    if is_utf_8:
        return "utf-8"
    if has_c1 and path.suffix == ".gz":
        raise Unreadable(f"The file {path} is neither UTF-8 nor Latin-1: unpack it, or save it as UTF-8.")
    return "bytes" if has_c1 else "latin-1"


def decoded(line: bytes) -> str:
    """As UTF-8, or as Latin-1 what is no UTF-8, just as the build reads lines."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def split_header(line: str, known: set[str]) -> tuple[str, list[str]]:
    """The delimiter that finds most known columns, or else most fields, and what it makes of the header."""

    def names(delimiter: str) -> list[str]:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter))]

    best = max(DELIMITERS, key=lambda delimiter: (len(known.intersection(names(delimiter))), len(names(delimiter))))
    return best, names(best)


def parquet_columns(path: Path) -> tuple[list[str], list[str]]:
    with duckdb.connect() as connection:
        try:
            described = connection.execute("describe from read_parquet(?, hive_partitioning = false)", [str(path)])
            columns = described.fetchall()
        except duckdb.Error as error:
            # Without the class of the error, and the path once only.
            reason = str(error).splitlines()[0].partition("Error: ")[2].replace(f" '{path}'", "").rstrip(".")
            reason = reason or "what describes its columns is damaged"
            raise Unreadable(f"The file {path} cannot be read as Parquet: {reason}.") from error
        try:
            # Only a value that is asked for shows whether the page it is in is whole.
            connection.execute("select bit_xor(hash(file)) from read_parquet(?) as file", [str(path)])
        except duckdb.Error as error:
            # The reason may quote a value, which may be a customer's.
            raise Unreadable(f"The file {path} cannot be read as Parquet: some of its rows are damaged.") from error
    return [name for name, *_ in columns], [data_type for _, data_type, *_ in columns]


def look(
    root: str, source: str, tables: dict, known: dict[str, LandedFile] | None = None
) -> tuple[list[str], list[LandedFile]]:
    """What must stop a build, a sentence per file that is missing, cannot be read or lacks a column; and the files.

    Of files that are `known` by their path and have not changed the header is not read again.
    """
    try:
        files = list(read_headers(root, source, tables, known or {}))
    except Unreadable as unreadable:
        return [str(unreadable)], []
    missing = missing_tables(Path(root, source), tables, {file.table for file in files})
    return [*missing, *wrong_headers(tables, files)], files


def signature(path: Path) -> str:
    """Differs when the file was written anew; empty of one that is not there, which cannot be read either."""
    try:
        written = path.stat()
    except OSError:
        return ""
    return f"{written.st_size} bytes, {written.st_mtime_ns}"


def missing_tables(folder: Path, tables: dict, landed: set[str]) -> Iterator[str]:
    asked = [table for table, declared in tables.items() if declared.get("required")] or list(tables)
    missing = [table for table in asked if table not in landed]
    # Where no table is required, any one of them will do.
    if missing and (len(missing) == len(asked) or tables[missing[0]].get("required")):
        asked_names = [globs(table, tables)[0] for table in missing]
        names = " or ".join(globs(missing[0], tables)[:2] if len(missing) == 1 else dict.fromkeys(asked_names))
        if len(missing) > MOST_NAMES:
            names = f"{', '.join(asked_names[:3])} or as another of its {len(missing)} tables"
        yield f"No file of the source '{folder.name}' has landed: nothing in {folder} is named {names}."


def wrong_headers(tables: dict, files: list[LandedFile]) -> Iterator[str]:
    for file in files:
        declared = tables[file.table]
        if declared.get("shape", "rows") != "rows":
            continue
        where = f"The file {file.path}" + (", line 1," if file.has_header else "")
        lacking = [column for column in required(declared) if column not in file.columns]
        alike = {alias(column): column for column in file.columns}
        # A line that names nothing we know may be a record, of which nothing is shown.
        if len(lacking) > 1 and not known(declared).intersection([*file.columns, *alike]):
            names = ", ".join(f"'{column}'" for column in lacking)
            yield f"{where} has none of the columns that the table {file.table} must have: {names}."
            continue
        for column in lacking:
            hint = f": rename '{alike[column]}'" if column in alike else ""
            yield f"{where} lacks the column '{column}' that the table {file.table} must have{hint}."
        for column in dict.fromkeys(file.columns):
            if column and not lacking and file.columns.count(column) > 1:
                yield f"{where} has the column '{column}' twice."


def alias(column: str) -> str:
    """A name as our columns are written: 'Started At' as started_at."""
    return re.sub("[^a-z0-9]+", "_", column.lower()).strip("_")


def header_of(path: str) -> list[str]:
    """The columns of one comma-separated file; none where it is not there."""
    return split_header(first_line(Path(path)), set())[1] if Path(path).is_file() else []
