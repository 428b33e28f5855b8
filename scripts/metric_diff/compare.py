"""Compare two sides that are built."""

from datetime import date

import duckdb

from scripts.metric_diff.building import NotComparedError, Side
from scripts.metric_diff.causes import Graph, causes_of, changed_things, reach_of
from scripts.metric_diff.declared import Declaration, new_changelog_rows
from scripts.metric_diff.definitions import changes_between, kpis_of_both
from scripts.metric_diff.numbers import compare_numbers
from scripts.metric_diff.report import Comparison
from scripts.metric_diff.rules import judge
from scripts.metric_diff.tables import differing_tables, lost_columns


def compare(
    base: Side, head: Side, declarations: list[Declaration], today: date, has_other_rows: bool = False
) -> Comparison:
    with duckdb.connect() as connection:
        try:
            connection.execute(f"attach '{base.build}' as base (read_only)")
            connection.execute(f"attach '{head.build}' as head (read_only)")
            old, new = kpis_of_both(base, head, connection)
            definitions = changes_between(old, new)
            numbers = compare_numbers(connection)
            lost = lost_columns(connection)
            differing, compared_tables = differing_tables(connection, head.manifest)
            tables = tables_by_kpi(connection)
        except duckdb.Error as error:
            raise NotComparedError(f"the builds could not be compared: {str(error).splitlines()[0]}") from error
    changelog = new_changelog_rows(base.changelog, head.changelog)
    judgment = judge(old, new, definitions, numbers, lost, differing, declarations, changelog, today)
    comparison = Comparison(base.label, head.label, judgment, old, new, definitions, numbers, lost, differing)
    comparison.declarations, comparison.has_other_rows = declarations, has_other_rows
    comparison.compared_tables = compared_tables
    comparison.changes = changed_things(base, head)
    add_causes(comparison, Graph(base.manifest), Graph(head.manifest), tables)
    return comparison


def tables_by_kpi(connection) -> dict[str, list[str]]:
    """The KPI tables of head that have rows of a KPI."""
    found = {}
    for (table,) in connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'kpis' and column_name = 'kpi_name'"
        " and database_name = 'head' order by all"
    ).fetchall():
        for (kpi,) in connection.execute(f"select distinct kpi_name from head.kpis.{table}").fetchall():
            found.setdefault(kpi, []).append(f"kpis.{table}")
    return found


def add_causes(comparison: Comparison, base: Graph, head: Graph, tables: dict[str, list[str]]) -> None:
    about = {found.kpi for found in comparison.moved()} | {
        change.kpi for change in comparison.definitions if change.definition or change.no_longer
    }
    for kpi in sorted(about):
        of = comparison.head_kpis.get(kpi) or comparison.base_kpis[kpi]
        comparison.causes[kpi] = causes_of(
            kpi, of.fields["relation"], tables.get(kpi, []), comparison.changes, base, head
        )
        comparison.reach[kpi] = reach_of(kpi, tables.get(kpi, []), head)
