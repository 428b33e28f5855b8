"""What the KPIs are on both sides: in total, by day and month, and by each dimension."""

from dataclasses import dataclass, field

import duckdb

from scripts.metric_diff.definitions import columns_of

TOLERANCE = 1e-9
PARTS = ("numerator", "denominator", "observation_count")


@dataclass
class Move:
    """A value that is not on both sides the same; `place` is 'total', or the table and its period and member."""

    place: str
    period: str
    member: str
    old: float | None
    new: float | None
    kind: str

    @property
    def absolute(self) -> float | None:
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def relative(self) -> float | None:
        return None if self.absolute is None or not self.old else self.absolute / abs(self.old)


@dataclass
class KpiMoves:
    """Moves of one KPI. `vanished_from` and `new_in` are tables that have the KPI on one side only."""

    kpi: str
    moves: list[Move] = field(default_factory=list)
    new_in: list[str] = field(default_factory=list)
    vanished_from: list[str] = field(default_factory=list)

    @property
    def total(self) -> Move | None:
        return next((move for move in self.moves if move.place == "total" and not move.member), None)


@dataclass
class Compared:
    kpis: int = 0
    values: int = 0
    days: int = 0
    members: dict[str, int] = field(default_factory=dict)


@dataclass
class Numbers:
    moved: dict[str, KpiMoves] = field(default_factory=dict)
    compared: Compared = field(default_factory=Compared)

    def of(self, kpi: str) -> KpiMoves:
        return self.moved.setdefault(kpi, KpiMoves(kpi))


def same(old: str, new: str) -> str:
    """SQL that is true where two numbers are equal but for the order in which they were added up."""
    return (
        f"({old} is not distinct from {new}"
        f" or coalesce(abs({old} - {new}) <= {TOLERANCE} * greatest(1, abs({old}), abs({new})), false))"
    )


def compare_numbers(connection: duckdb.DuckDBPyConnection) -> Numbers:
    """Compare the attached databases `base` and `head`."""
    numbers = Numbers()
    compare_totals(connection, numbers)
    for table in kpi_tables(connection):
        compare_table(connection, table, numbers)
    numbers.moved = {kpi: found for kpi, found in numbers.moved.items()
                     if found.moves or found.new_in or found.vanished_from}  # fmt: skip
    return numbers


def compare_totals(connection, numbers: Numbers) -> None:
    """Of all rows of a KPI's mart; by the dimension that it needs where it has no answer in total."""
    sides = [totals(connection, database) for database in ("base", "head")]
    old, new = sides
    kpis = {kpi for kpi, _ in old} & {kpi for kpi, _ in new}
    numbers.compared.kpis = len(kpis)
    for kpi, member in sorted(key for key in old.keys() | new.keys() if key[0] in kpis):
        numbers.compared.values += 1
        before, after = old.get((kpi, member)), new.get((kpi, member))
        kind = kind_of((kpi, member) in old, (kpi, member) in new)
        if (
            kind != "moved"
            or not connection.execute(
                f"select {same('$before::double', '$after::double')}", {"before": before, "after": after}
            ).fetchone()[0]
        ):
            numbers.of(kpi).moves.append(Move("total", "", member, before, after, kind))


def kind_of(is_in_old: bool, is_in_new: bool) -> str:
    return "moved" if is_in_old and is_in_new else "vanished" if is_in_old else "appeared"


def totals(connection, database: str) -> dict[tuple[str, str], float | None]:
    found = {}
    kpis = connection.execute(
        f"select kpi_name, relation, expression, needed_dimension from {database}.marts.dim_kpi order by all"
    ).fetchall()
    for kpi, relation, expression, needed in kpis:
        member = f"coalesce(cast(v.{needed} as varchar), '(none)')" if needed else "''"
        for name, value in connection.execute(
            f"select {member}, cast({expression}\n as double) from {database}.marts.{relation} as v group by 1"
        ).fetchall():
            found[kpi, name] = value
    return found


def kpi_tables(connection) -> list[str]:
    """The tables with a row per KPI that both sides have."""
    return [
        table
        for (table,) in connection.execute(
            "select table_name from duckdb_columns() where schema_name = 'kpis' and column_name = 'kpi_name'"
            " and database_name in ('base', 'head') group by all having count(*) = 2 order by all"
        ).fetchall()
    ]


def compare_table(connection, table: str, numbers: Numbers) -> None:
    columns = (
        columns_of(connection, "base", "kpis", table).keys() & columns_of(connection, "head", "kpis", table).keys()
    )
    ordered = [name for name in columns_of(connection, "head", "kpis", table) if name in columns]
    period, *described = ordered[: ordered.index("kpi_name")]
    names = [name for name in described if not name.endswith("_key")]
    # Names are told; keys tell apart what has the same name.
    join = [period, "kpi_name", *([name for name in described if name.endswith("_key")] or names)]
    member = (
        f"concat_ws(' / ', {', '.join(f'coalesce(head.{each}, base.{each})' for each in names)})" if names else "''"
    )
    measured = ["value", *(part for part in PARTS if part in columns)]
    connection.execute(
        f"create or replace temp table compared as"
        f" select coalesce(head.kpi_name, base.kpi_name) as kpi_name,"
        f" cast(coalesce(head.{period}, base.{period}) as varchar) as period, {member} as member,"
        f" base.kpi_name is not null as is_in_base, head.kpi_name is not null as is_in_head,"
        f" cast(base.value as double) as old, cast(head.value as double) as new,"
        f" {same('cast(base.value as double)', 'cast(head.value as double)')} as is_same_value,"
        f" {' and '.join(same(f'cast(base.{each} as double)', f'cast(head.{each} as double)') for each in measured)}"
        f" as is_same"
        f" from base.kpis.{table} as base full join head.kpis.{table} as head"
        f" on {' and '.join(f'base.{each} is not distinct from head.{each}' for each in join)}"
    )
    count(connection, table, period, bool(names), numbers.compared)
    on_both_sides = []
    for kpi, in_base, in_head in connection.execute(
        "select kpi_name, bool_or(is_in_base), bool_or(is_in_head) from compared group by 1 order by 1"
    ).fetchall():
        if not in_base:
            numbers.of(kpi).new_in.append(f"kpis.{table}")
        elif not in_head:
            numbers.of(kpi).vanished_from.append(f"kpis.{table}")
        else:
            on_both_sides.append(kpi)
    for kpi, at, of, in_base, in_head, old, new, is_same_value in connection.execute(
        "select kpi_name, period, member, is_in_base, is_in_head, old, new, is_same_value from compared"
        " where list_contains(?, kpi_name) and not (is_same and is_in_base and is_in_head)"
        " order by kpi_name, period, member",
        [on_both_sides],
    ).fetchall():
        kind = kind_of(in_base, in_head)
        numbers.of(kpi).moves.append(
            Move(f"kpis.{table}", at, of, old, new, "parts" if kind == "moved" and is_same_value else kind)
        )


def count(connection, table: str, period: str, has_members: bool, compared: Compared) -> None:
    values, days, members = connection.execute(
        "select count(*), count(distinct period), count(distinct member) from compared where is_in_base and is_in_head"
    ).fetchone()
    compared.values += values
    if period == "kpi_date":
        compared.days = max(compared.days, days)
    if has_members:
        what = table.rsplit("_by_", 1)[-1]
        compared.members[what] = max(compared.members.get(what, 0), members)
