"""Tables that others read: rows of reports that differ, and public columns that are gone."""

from dataclasses import dataclass, field

from scripts.metric_diff.definitions import columns_of
from scripts.metric_diff.numbers import same

PUBLIC_SCHEMAS = ("marts", "kpis", "reports")
# When a row was written is no difference.
OWN = {"loaded_at"}
NUMBERS = ("DOUBLE", "FLOAT", "DECIMAL")


@dataclass
class TableDifference:
    """A table with a row for something else than a KPI, such as a report."""

    table: str
    rows: int
    appeared: int
    vanished: int
    columns: dict[str, int] = field(default_factory=dict)


@dataclass
class ColumnChange:
    column: str
    old: str
    new: str | None


def differing_tables(connection, manifest: dict) -> tuple[list[TableDifference], int]:
    """Of `base` and `head`: the tables in which rows differ, and how many were compared."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_columns() where schema_name in ('kpis', 'reports')"
        " and database_name in ('base', 'head') group by all"
        " having count(distinct database_name) = 2 and not bool_or(column_name = 'kpi_name') order by all"
    ).fetchall()
    keys = keys_of(manifest)
    found = [difference(connection, schema, table, keys.get(f"{schema}.{table}")) for schema, table in tables]
    return [each for each in found if each.appeared or each.vanished or each.columns], len(tables)


def keys_of(manifest: dict) -> dict[str, list[str]]:
    """The columns by which a row of a table is known, as its yml tests them."""
    found = {}
    for test in manifest["nodes"].values():
        name = (test.get("test_metadata") or {}).get("name")
        model = manifest["nodes"].get(test.get("attached_node"))
        if model and name in ("unique", "unique_combination"):
            arguments = test["test_metadata"]["kwargs"]
            columns = arguments.get("columns") or [arguments["column_name"]]
            found.setdefault(f"{model['schema']}.{model['name']}", columns)
    return found


def difference(connection, schema: str, table: str, key: list[str] | None) -> TableDifference:
    old, new = (columns_of(connection, database, schema, table) for database in ("base", "head"))
    both = {name: kind for name, kind in new.items() if name in old and name not in OWN}
    key = key if key and set(key) <= both.keys() else list(both)
    others = {name: kind for name, kind in both.items() if name not in key}
    on = " and ".join(f"base.{name} is not distinct from head.{name}" for name in key)
    # Rows with the same key, or with the same columns where no key is known, are numbered.
    numbered = f"*, row_number() over (partition by {', '.join(key)}) as copy_number"
    counts = ", ".join(
        f"count(*) filter (where base.copy_number is not null and head.copy_number is not null and not {equal(*each)})"
        for each in others.items()
    )
    rows, appeared, vanished, *columns = connection.execute(
        "select count(*), count(*) filter (where base.copy_number is null),"
        f" count(*) filter (where head.copy_number is null){', ' if counts else ''}{counts}"
        f" from (select {numbered} from base.{schema}.{table}) as base"
        f" full join (select {numbered} from head.{schema}.{table}) as head"
        f" on {on} and base.copy_number = head.copy_number"
    ).fetchone()
    moved = {name: number for name, number in zip(others, columns, strict=True) if number}
    return TableDifference(f"{schema}.{table}", rows, appeared, vanished, moved)


def equal(name: str, kind: str) -> str:
    old, new = f"base.{name}", f"head.{name}"
    if kind.startswith(NUMBERS):
        return same(f"cast({old} as double)", f"cast({new} as double)")
    return f"({old} is not distinct from {new})"


def lost_columns(connection) -> list[ColumnChange]:
    """Public columns and tables that head lacks or gives another type."""
    sides = [
        dict(
            connection.execute(
                "select schema_name || '.' || table_name || '.' || column_name, data_type from duckdb_columns()"
                " where database_name = ? and list_contains(?, schema_name)",
                [database, list(PUBLIC_SCHEMAS)],
            ).fetchall()
        )
        for database in ("base", "head")
    ]
    old, new = sides
    tables = {column.rsplit(".", 1)[0] for column in new}
    lost = {table for table in (column.rsplit(".", 1)[0] for column in old) if table not in tables}
    return [ColumnChange(table, "table", None) for table in sorted(lost)] + [
        ColumnChange(column, kind, new.get(column))
        for column, kind in sorted(old.items())
        if column.rsplit(".", 1)[0] not in lost and new.get(column) != kind
    ]
