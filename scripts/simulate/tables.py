"""Plain rows of the books, and CSV files of anything: UTF-8, LF line ends, a header, empty for missing."""

import csv
from dataclasses import asdict
from pathlib import Path

from scripts.simulate.books import Books
from scripts.simulate.clock import utc_text
from scripts.simulate.result import Result

BOOK_COLUMNS = {
    "contacts": (
        "contact_id", "channel", "direction", "started_at", "ended_at", "contact_reason", "customer_number",
        "previous_contact_id", "is_blocked", "is_excluded", "is_contained", "reached_agent",
    ),
    "self_service_sessions": ("contact_id", "started_at", "ended_at", "is_contained"),
    "visits": (
        "contact_id", "channel", "segment_number", "queue_id", "visit_type",
        "offered_at", "answered_at", "exited_at", "exit_reason", "wait_seconds",
    ),
    "legs": (
        "contact_id", "channel", "segment_number", "agent_id", "team_id", "leg_type", "connected_at", "ended_at",
        "ring_seconds", "hold_seconds", "after_contact_work_seconds", "transfer_type", "transfer_reason",
    ),
    "queue_intervals": (
        "queue_id", "interval_start_at", "offered", "answered", "answered_in_threshold", "abandoned", "short_abandoned",
        "abandoned_in_threshold", "redirected", "missed", "answered_wait_seconds", "abandoned_wait_seconds",
        "short_abandoned_wait_seconds", "flowed_out_wait_seconds", "longest_wait_seconds", "open",
    ),
    "agent_intervals": (
        "agent_id", "team_id", "interval_start_at",
        "on_contact", "after_contact_work", "ringing", "not_responding", "available", "auxiliary", "staffed",
        "contact_seconds", "handled_count",
    ),
    "messages": (
        "message_id", "contact_id", "thread_id", "sender", "agent_id", "queue_id", "is_public", "sent_at",
    ),
    "responses": ("contact_id", "asked_at", "responded_at", "agent_id", "is_first"),
    "tickets": (
        "ticket_id", "contact_id", "channel", "queue_id", "contact_reason", "priority", "status",
        "is_opened_by_agent", "is_spam", "created_at", "first_reply_at", "first_solved_at", "last_solved_at",
        "closed_at", "reply_count", "solved_count", "reopen_count",
    ),
    "ticket_states": ("ticket_id", "status", "queue_id", "assigned_agent_id", "started_at", "ended_at"),
}  # fmt: skip


def book_rows(books: Books) -> dict[str, list[dict]]:
    """Every table of the books as plain rows, times as seconds since 1970 UTC, None for what is not known or not yet.

    What the columns of the digital channels mean, where their name does not say it:

    - contacts: `contact_id` is the call, the chat, the ticket, or the first message of a contact by SMS or social
      media. `ended_at` is when the customer closed the chat, when the last message was sent, when the ticket was solved
      last; None while a visit is open or a ticket is not solved. `customer_number` is how the source knows the
      customer: number, handle, address, or the customer id of a chat; empty when it does not. `is_excluded` includes
      spam. Tickets of the telephone are no contacts.
    - visits: `exited_at` is the answer when there was one: the agent's first message in a chat, the first public reply
      of a person elsewhere. `exit_reason` also knows open and solved_without_reply; a ticket that was moved to another
      queue before a reply left by overflow_queue. Only the books know a `segment_number` of messages and tickets.
    - legs: of messages and tickets, the stretches of focused work, without ring, hold and after-contact work (None).
      A chat has no ring and hold either. Nothing but a chat's own hand-over is a transfer of the leg.
    - messages: those of tickets have the id of their event. `queue_id` is the queue in force at that second, empty
      with a bot before the hand-over.
    - responses: per contact, a person's public message and the first customer's message that it answers; messages to
      and of the bot of a chat included, so a first response in a chat counts from the customer's first message.
    - tickets: `contact_id` is the call for those of the telephone, empty when that call is lost. `queue_id` and
      `status` are the current ones. `reopen_count` counts solved tickets that went back to open.
    - ticket_states: changes of the same second count as one; the last span of a ticket has no end. Spam stays in
      the status spam.
    """
    channel_of = {contact.contact_id: contact.channel for contact in books.contacts}
    entries = {
        "contacts": books.contacts,
        "self_service_sessions": books.sessions,
        "visits": books.visits,
        "legs": books.legs,
        "queue_intervals": books.queue_intervals(),
        "agent_intervals": books.agent_intervals(),
        "messages": books.messages,
        "responses": books.responses,
        "tickets": books.tickets,
        "ticket_states": books.ticket_states,
    }

    def value(table: str, column: str, entry):
        if column == "channel" and table in ("visits", "legs"):
            return channel_of[entry.contact_id]
        return getattr(entry, column)

    return {
        table: [{column: value(table, column, entry) for column in BOOK_COLUMNS[table]} for entry in entries[table]]
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
