"""Plain rows of the books, and CSV files of anything: UTF-8, LF line ends, a header, empty for missing."""

import csv
from dataclasses import asdict
from pathlib import Path

from scripts.simulate.books import Books
from scripts.simulate.clock import utc_text
from scripts.simulate.result import Result

BOOK_COLUMNS = {
    "contacts": (
        "contact_id", "started_at", "ended_at", "contact_reason", "customer_number",
        "is_blocked", "is_excluded", "is_contained", "reached_agent",
    ),
    "self_service_sessions": ("contact_id", "started_at", "ended_at", "is_contained"),
    "visits": (
        "contact_id", "segment_number", "queue_id", "visit_type",
        "offered_at", "answered_at", "exited_at", "exit_reason", "wait_seconds",
    ),
    "legs": (
        "contact_id", "segment_number", "agent_id", "team_id", "leg_type", "connected_at", "ended_at",
        "ring_seconds", "hold_seconds", "after_contact_work_seconds", "transfer_type", "transfer_reason",
    ),
    "queue_intervals": (
        "queue_id", "interval_start_at", "offered", "answered", "answered_in_threshold", "abandoned", "short_abandoned",
        "abandoned_in_threshold", "redirected", "missed", "answered_wait_seconds", "abandoned_wait_seconds",
        "short_abandoned_wait_seconds", "flowed_out_wait_seconds", "longest_wait_seconds",
    ),
    "agent_intervals": (
        "agent_id", "team_id", "interval_start_at",
        "on_contact", "after_contact_work", "ringing", "not_responding", "available", "auxiliary", "staffed",
        "contact_seconds", "handled_count",
    ),
}  # fmt: skip


def book_rows(books: Books) -> dict[str, list[dict]]:
    """Every table of the books as plain rows, times as seconds since 1970 UTC."""
    entries = {
        "contacts": books.contacts,
        "self_service_sessions": books.sessions,
        "visits": books.visits,
        "legs": books.legs,
        "queue_intervals": books.queue_intervals(),
        "agent_intervals": books.agent_intervals(),
    }
    return {
        table: [{column: getattr(entry, column) for column in BOOK_COLUMNS[table]} for entry in entries[table]]
        for table in entries
    }


def write_seeds(result: Result, folder: Path) -> None:
    for name, rows in result.raw_tables.items():
        write_csv(folder / f"{name}.csv", list(rows[0]), rows)


def write_books(result: Result, folder: Path) -> None:
    """`clean` holds what truly happened, `damaged` what can still be known from the damaged raw rows."""
    for name, books in (("clean", result.books), ("damaged", result.damaged_books)):
        for table, rows in book_rows(books).items():
            write_csv(folder / name / f"{table}.csv", BOOK_COLUMNS[table], [_as_text(row) for row in rows])
    write_csv(folder / "damage.csv", list(asdict(result.damage[0])), [asdict(item) for item in result.damage])
    accounting = [
        {"file": file, "fate": fate, "row_count": count}
        for file, fates in result.row_accounting.items()
        for fate, count in fates.items()
    ]
    write_csv(folder / "row_accounting.csv", ("file", "fate", "row_count"), accounting)


def write_csv(path: Path, columns, rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _as_text(row: dict) -> dict:
    return {column: _value(column, value) for column, value in row.items()}


def _value(column: str, value):
    if column.endswith("_at"):
        return utc_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
