"""Say what the served file holds: its rows, what was left out, and the headline KPIs."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import duckdb

from scripts.publish import served_file

HEADLINES = (
    "service_level",
    "abandonment_rate",
    "average_speed_of_answer",
    "average_handle_time",
    "transfer_rate",
    "occupancy_rate",
    "containment_rate",
    "first_contact_resolution",
    "blocked_contact_rate",
)
FORMATS = {"ratio": "{:.1%}", "seconds": "{:,.1f} s", "count": "{:,.0f}"}
FAMILIES = ("voice", "live", "messaging", "ticket")
ROW_COUNTS = ("rows_in", "rows_used", "rows_quarantined", "rows_dropped", "rows_duplicate")
FIRST_QUERY = """\
select queue_name, service_level(v), service_level(v, threshold := 30)
from marts.fact_queue_visits as v
group by all
order by all;"""


def summary(served: Path) -> str:
    with duckdb.connect(served, read_only=True) as connection:
        (contacts,) = connection.execute("select count(*) from marts.fact_contacts where not is_blocked").fetchone()
        return "\n".join(
            [
                f"{served} ({served.stat().st_size / 1e6:.1f} MB) holds {contacts:,} contacts.",
                "",
                *aligned(rows_by_source(connection), names=1),
                "",
                *aligned(headlines(connection), names=1),
                "",
                "Open the file in any DuckDB client or BI tool and try:",
                "",
                FIRST_QUERY,
            ]
        )


def rows_by_source(connection: duckdb.DuckDBPyConnection) -> list[list[str]]:
    rows = connection.execute(
        f"""
        select source_system, count(*), {", ".join(f"sum({column})" for column in ROW_COUNTS)}
        from meta.row_accounting
        group by source_system
        order by source_system
        """
    ).fetchall()
    title = ["source", "tables", *(column.removeprefix("rows_") for column in ROW_COUNTS)]
    return [title, *([source, *map("{:,}".format, n)] for source, *n in rows)]


def headlines(connection: duckdb.DuckDBPyConnection) -> list[list[str]]:
    """Each KPI in total and by family of channels, where its relation has channels."""
    registry = {
        kpi: definition
        for kpi, *definition in connection.execute(
            "select kpi_name, label, unit, relation from marts.dim_kpi"
        ).fetchall()
    }
    rows = [["KPI", *FAMILIES, "all"]]
    for kpi in HEADLINES:
        label, unit, relation = registry[kpi]
        (total,) = connection.execute(f"select {kpi}(v) from marts.{relation} as v").fetchone()
        by_family = families(connection, kpi, relation)
        cells = [readable(by_family[family], unit) if family in by_family else "" for family in FAMILIES]
        # Seconds of a call and of a mail have no mean that says anything.
        is_mixed = unit == "seconds" and len(by_family) > 1
        rows.append([label, *cells, "" if is_mixed else readable(total, unit)])
    return rows


def families(connection: duckdb.DuckDBPyConnection, kpi: str, relation: str) -> dict[str, float | Decimal | None]:
    columns = {column for column, *_ in connection.execute(f"describe marts.{relation}").fetchall()}
    if "channel_key" not in columns:
        return {}
    return dict(
        connection.execute(
            f"""
            select channel_family, {kpi}(v)
            from marts.{relation} as v
            inner join marts.dim_channel using (channel_key)
            group by channel_family
            """
        ).fetchall()
    )


def readable(value: float | Decimal | None, unit: str) -> str:
    return "-" if value is None else FORMATS[unit].format(value)


def aligned(rows: list[list[str]], names: int) -> Iterable[str]:
    """Pad every column to its widest cell: the first ones, names, to the left, numbers right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if position < names else cell.rjust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield ("  " + "  ".join(cells)).rstrip()


if __name__ == "__main__":
    print(summary(served_file()))
