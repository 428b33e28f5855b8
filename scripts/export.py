"""Write what the served file holds as Parquet, for tools that read no DuckDB.

Usage: python -m scripts.export [folder]

Every table and view becomes <folder>/<schema>/<table>.parquet; the folder is `export` beside the served file unless
another is named. All are written before the first takes its place, so a reader meanwhile finds neither half a file
nor a missing one. For the moment of the renaming, some tables can be new while others are old.

Environment: CONTACT_CENTER_BUILD_FILE and CONTACT_CENTER_FILE, see publish.py. Exit code 1 when nothing was written.
"""

import os
import shutil
import sys
from pathlib import Path

import duckdb

from scripts.publish import SCHEMAS, first_line, name, served_file, text


def export(served: Path, folder: Path) -> list[Path]:
    """The files that were written."""
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(".*.new"):
        shutil.rmtree(leftover)
    new = folder / f".{os.getpid()}.new"
    try:
        write(served, new)
        return take_places(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def write(served: Path, new: Path) -> None:
    with duckdb.connect(served, read_only=True) as connection:
        for schema, table in connection.execute(
            """
            select schema_name, table_name from duckdb_tables() where list_contains($schemas, schema_name)
            union all
            select schema_name, view_name from duckdb_views() where list_contains($schemas, schema_name)
            order by all
            """,
            {"schemas": SCHEMAS},
        ).fetchall():
            file = new / schema / f"{table}.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy {name(schema)}.{name(table)} to {text(file)} (format parquet, compression zstd)")


def take_places(new: Path, folder: Path) -> list[Path]:
    """Rename the new files over the old ones, then delete those of tables that are gone."""
    written = []
    for file in sorted(new.rglob("*.parquet")):
        place = folder / file.relative_to(new)
        place.parent.mkdir(exist_ok=True)
        written.append(file.replace(place))
    for schema in SCHEMAS:
        for file in (folder / schema).glob("*.parquet"):
            if file not in written:
                file.unlink()
    return written


def main() -> int:
    served = served_file()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else served.with_name("export")
    try:
        written = export(served, folder)
    except (duckdb.Error, OSError) as error:
        print(f"Not exported: {first_line(error)}.", file=sys.stderr)
        return 1
    print(f"Wrote {len(written)} tables ({sum(file.stat().st_size for file in written) / 1e6:.1f} MB) to {folder}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
