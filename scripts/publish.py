"""Publish the served file: what a finished build holds for readers, and nothing else.

Run it as a process of its own. DuckDB writes leftover buffer memory into block padding, so a
process that has read staging would leave customers' data in a file of marts.

Environment: CONTACT_CENTER_BUILD_FILE, the file dbt builds (default warehouse/build.duckdb), and
CONTACT_CENTER_FILE, the file to publish (default contact_center.duckdb beside the build file).
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

SCHEMAS = ("marts", "kpis", "reports", "meta")
# The DuckDB bundled with today's BI tools opens this storage version.
STORAGE_VERSION = "v1.2.0"
# Seconds, days, or the one group that all of a share is in: it is only asked whether the macro answers.
TRIAL_ARGUMENT = 20
# Of a view: of what stays behind it reads tables of intermediate only, so what it shows is published as a table.
READS_INTERMEDIATE = """
    coalesce(
        (
            select bool_and(behind.schema_name = 'intermediate') from duckdb_tables() as behind
            where behind.database_name = 'build' and not list_contains($schemas, behind.schema_name)
                and contains(duckdb_views.sql, behind.schema_name || '.' || behind.table_name)
        ),
        false
    )
"""


class PublishError(Exception):
    """Why nothing was published, in one sentence."""


def build_file() -> Path:
    return Path(os.environ.get("CONTACT_CENTER_BUILD_FILE", "warehouse/build.duckdb"))


def served_file() -> Path:
    default = build_file().with_name("contact_center.duckdb")
    return Path(os.environ.get("CONTACT_CENTER_FILE", default))


def publish(build: Path, served: Path) -> None:
    """Replace `served` by a new file made from `build`, or leave it as it is and raise."""
    refuse_unfinished(build)
    served.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(served)
    new = served.with_name(f".{served.name}.{os.getpid()}.new")
    try:
        write(build, new)
        verify(build, new)
        replace(served, new)
    finally:
        for unfinished in (new, new.with_name(f"{new.name}.wal")):
            unfinished.unlink(missing_ok=True)


def refuse_unfinished(build: Path) -> None:
    if not build.is_file():
        raise PublishError(f"there is no build file {build}; run `dbt build` first")
    if build.with_name(f"{build.name}.wal").exists():
        raise PublishError(f"{build} has a write-ahead log: its build did not end, or goes on")


def remove_leftovers(served: Path) -> None:
    """Delete the unfinished files of killed runs, and their write-ahead logs."""
    for leftover in served.parent.glob(f".{served.name}.*.new*"):
        leftover.unlink(missing_ok=True)


def write(build: Path, new: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach {text(build)} as build (read_only)")
        connection.execute(f"attach {text(new)} as served (storage_version '{STORAGE_VERSION}')")
        if ("marts", "dim_kpi") not in tables(connection):
            raise PublishError("the build has no table marts.dim_kpi to make KPI macros from")
        connection.execute("use served")
        copy_tables(connection)
        # Not in a transaction: a view that has to wait for another would end it.
        copy_views(connection)
        with transaction(connection):
            copy_comments(connection)
            create_macros(connection)
        connection.execute("checkpoint")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Write to the disk once for what is done here: thousands of statements take longer to sync than to run."""
    connection.execute("begin")
    yield
    connection.execute("commit")


def verify(build: Path, new: Path) -> None:
    """As a reader finds it: every table is whole and every macro answers over its mart."""
    with duckdb.connect(new, read_only=True) as connection:
        connection.execute(f"attach {text(build)} as build (read_only)")
        for schema, table in tables(connection):
            relation = f"{name(schema)}.{name(table)}"
            built, copied = connection.execute(
                f"select (select count(*) from build.{relation}), (select count(*) from {relation})"
            ).fetchone()
            if built != copied:
                raise PublishError(f"{relation} has {built} rows in the build, {copied} copied")
        for kpi, relation, parameter in connection.execute(
            "select kpi_name, relation, parameter_name from marts.dim_kpi"
        ).fetchall():
            calls = f"{name(kpi)}(v)"
            if parameter:
                calls += f", {name(kpi)}(v, {parameter} := {TRIAL_ARGUMENT})"
            try:
                connection.execute(f"select {calls} from marts.{name(relation)} as v").fetchall()
            except duckdb.Error as error:
                raise PublishError(f"the macro {kpi} fails: {first_line(error)}") from error


def copy_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for schema in SCHEMAS:
        connection.execute(f"create schema {name(schema)}")
    for schema, table in tables(connection):
        relation = f"{name(schema)}.{name(table)}"
        with transaction(connection):
            connection.execute(f"create table {relation} as from build.{relation}")
            for (column,) in connection.execute(
                """
                select column_name
                from duckdb_columns()
                where database_name = 'build' and schema_name = ? and table_name = ?
                    and not is_nullable
                order by column_index
                """,
                [schema, table],
            ).fetchall():
                connection.execute(f"alter table {relation} alter {name(column)} set not null")


def copy_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Replay the views; one that reads another view waits until that one is there."""
    waiting = connection.execute(
        f"""
        select sql, schema_name || '.' || view_name
        from duckdb_views()
        where database_name = 'build' and list_contains($schemas, schema_name) and not {READS_INTERMEDIATE}
        order by view_oid
        """,
        {"schemas": SCHEMAS},
    ).fetchall()
    while waiting:
        refused = []
        for sql, view in waiting:
            try:
                connection.execute(sql)
            except duckdb.CatalogException as error:
                refused.append((sql, view))
                reason = PublishError(f"the view {view} cannot be replayed: {first_line(error)}")
        if len(refused) == len(waiting):
            raise reason
        waiting = refused


def copy_comments(connection: duckdb.DuckDBPyConnection) -> None:
    for kind, *identifiers, comment in connection.execute(
        f"""
        select 'table', schema_name, table_name, null, comment
        from duckdb_tables()
        where database_name = 'build' and list_contains($schemas, schema_name)
        union all
        select if({READS_INTERMEDIATE}, 'table', 'view'), schema_name, view_name, null, comment
        from duckdb_views()
        where database_name = 'build' and list_contains($schemas, schema_name)
        union all
        select 'column', schema_name, table_name, column_name, comment
        from duckdb_columns()
        where database_name = 'build' and list_contains($schemas, schema_name)
        """,
        {"schemas": SCHEMAS},
    ).fetchall():
        if comment:
            path = ".".join(name(identifier) for identifier in identifiers if identifier)
            connection.execute(f"comment on {kind} {path} is {text(comment)}")


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    built_in = connection.execute("select distinct function_name from duckdb_functions() where internal").fetchall()
    for kpi, definition, expression, parameter, parameter_expression in connection.execute(
        "select kpi_name, definition, expression, parameter_name, parameter_expression from marts.dim_kpi"
    ).fetchall():
        if (kpi,) in built_in:
            raise PublishError(f"a macro named {kpi} would replace a function of DuckDB")
        connection.execute(macro_statement(kpi, expression, parameter, parameter_expression))
        connection.execute(f"comment on macro main.{name(kpi)} is {text(definition)}")


def macro_statement(kpi: str, expression: str, parameter: str | None, parameter_expression: str | None) -> str:
    """What creates the macro of a KPI, as dim_kpi has it."""
    overloads = f"(v) as {expression}"
    if parameter:
        overloads += f", (v, {parameter}) as {parameter_expression}"
    return f"create macro main.{name(kpi)} {overloads}"


def replace(served: Path, new: Path) -> None:
    """Swap the files in one step; readers of the old one keep reading it."""
    sync(new)
    # A write-ahead log here belongs to the file that goes: DuckDB would replay it on the new one.
    served.with_name(f"{served.name}.wal").unlink(missing_ok=True)
    new.replace(served)
    sync(served.parent)


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """What is published as a table: tables, and views over intermediate ones."""
    return connection.execute(
        f"""
        select schema_name, table_name
        from duckdb_tables()
        where database_name = 'build' and list_contains($schemas, schema_name)
        union all
        select schema_name, view_name
        from duckdb_views()
        where database_name = 'build' and list_contains($schemas, schema_name) and {READS_INTERMEDIATE}
        order by all
        """,
        {"schemas": SCHEMAS},
    ).fetchall()


def name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".!")


def main() -> int:
    served = served_file()
    try:
        publish(build_file(), served)
    except (PublishError, duckdb.Error, OSError) as error:
        print(f"Not published: {first_line(error)}.", file=sys.stderr)
        return 1
    print(f"Published {served} ({served.stat().st_size / 1e6:.1f} MB).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
