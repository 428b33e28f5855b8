"""Parquet as bytes: DuckDB reads and writes files alone."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb


def of_csv(content: bytes) -> bytes:
    """The records of a CSV file as Parquet, all of them text; no bytes where there are none."""
    return written("read_csv($file, header = true, all_varchar = true, ignore_errors = true)", content)


def without_rows(content: bytes, rows: set[int]) -> bytes:
    """A Parquet file without some of its rows, counted from 1."""
    numbers = ", ".join(map(str, rows))
    return written(
        "(select * exclude (file_row_number) from read_parquet($file, file_row_number = true)"
        f" where file_row_number + 1 not in ({numbers}))",
        content,
    )


def written(relation: str, content: bytes) -> bytes:
    with TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as connection:
        given, made = Path(folder, "given"), Path(folder, "made.parquet")
        given.write_bytes(content)
        try:
            connection.execute(f"copy (from {relation.replace('$file', repr(str(given)))}) to '{made}'")
        except duckdb.Error:
            return b""
        return made.read_bytes()


def pages_end(content: bytes) -> int:
    """Where the footer begins: its length stands before the last four bytes."""
    return len(content) - 8 - int.from_bytes(content[-8:-4], "little")
