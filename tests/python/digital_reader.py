"""A second, plain reading of the raw rows of chats, messages and tickets, to check the books and the damage against."""

from collections import defaultdict
from dataclasses import dataclass

from raw_reader import seconds, state_seconds

CHATS, MESSAGES, TICKETS = "raw_chats", "raw_messages", "raw_tickets"
TICKET_EVENTS, WORK_SESSIONS = "raw_ticket_events", "raw_work_sessions"
SILENCE_SECONDS = 24 * 3600
LINK_SECONDS = 300
EVENT_TYPES = ("created", "queue", "status", "customer_message", "agent_reply", "internal_note")


@dataclass
class DigitalReading:
    fates: dict[str, dict[str, int]]
    contacts: set[str]
    visits: set[tuple]  # contact, queue, visit type, offered, exited, exit reason
    legs: set[tuple]  # contact, agent, connected, ended, after-contact work
    calls_of_tickets: dict[str, str]
    state_seconds: dict[tuple[str, int], dict[str, int]]  # (agent, UTC quarter hour) -> seconds per exclusive state


def read_digital(raw_tables: dict, calls: list) -> DigitalReading:
    """`calls` are those that a correct warehouse knows: id, number and end."""
    rows, fates = {}, {}
    for file, key_columns, time in (
        (CHATS, ("chat_id", "segment_number"), "started_at"),
        (MESSAGES, ("message_id",), "sent_at"),
        (TICKETS, ("ticket_id",), "created_at"),
        (TICKET_EVENTS, ("event_id",), "event_at"),
        (WORK_SESSIONS, ("work_session_id",), "started_at"),
    ):
        rows[file], fates[file] = _usable(raw_tables[file], key_columns, time)

    contacts, visits, legs = set(), set(), set()
    _read_chats(rows, contacts, visits, legs)
    contact_starts = _read_threads(rows[MESSAGES], contacts, visits)
    _read_tickets(rows, contacts, visits)
    for row in rows[WORK_SESSIONS]:
        started_at, contact_id = seconds(row["started_at"]), row["item_id"]
        if row["item_type"] == "thread":
            contact_id = max(start for start in contact_starts[row["item_id"]] if start[0] <= started_at)[1]
        legs.add((contact_id, row["agent_id"], started_at, seconds(row["ended_at"]), None))
    work = [(agent_id, started_at, ended_at, work or 0) for _, agent_id, started_at, ended_at, work in legs]
    calls_of_tickets = _calls_of_tickets(rows[TICKETS], calls)
    return DigitalReading(fates, contacts, visits, legs, calls_of_tickets, state_seconds(raw_tables, work))


def _usable(rows, key_columns, time):
    fates = defaultdict(int, rows_in=len(rows))
    distinct = list({tuple(row.values()): row for row in rows}.values())
    fates["exact duplicate"] = len(rows) - len(distinct)
    newest = {}
    for row in distinct:
        needed = [row.get(column, "") for column in ("chat_id", "thread_id", "ticket_id") if column in row]
        is_known = row.get("event_type", "created") in EVENT_TYPES
        has_agent = "work_session_id" not in row or row["agent_id"]
        if not all(needed) or not is_known or not has_agent or seconds(row[time]) is None:
            fates["quarantined"] += 1
            continue
        key = tuple(row[column] for column in key_columns)
        if key in newest:
            fates["dropped by rule: superseded_version"] += 1
        if key not in newest or newest[key]["updated_at"] < row["updated_at"]:
            newest[key] = row
    fates["used"] = len(newest)
    return list(newest.values()), {fate: count for fate, count in fates.items() if count}


def _read_chats(rows, contacts, visits, legs):
    messages_of = defaultdict(list)
    for row in rows[MESSAGES]:
        if row["sender"] == "agent":
            messages_of[row["thread_id"]].append(seconds(row["sent_at"]))
    was_handed_on = set()
    for row in sorted(rows[CHATS], key=lambda row: (row["chat_id"], row["segment_number"])):
        contacts.add(row["chat_id"])
        if row["segment_type"] == "bot":
            continue
        offered_at, exited_at = seconds(row["started_at"]), seconds(row["ended_at"])
        if row["accepted_at"]:
            accepted_at, left_at = seconds(row["accepted_at"]), seconds(row["agent_left_at"])
            exited_at = min(at for at in messages_of[row["chat_id"]] if at >= accepted_at)
            legs.add((row["chat_id"], row["agent_id"], accepted_at, left_at, row["after_contact_work_seconds"]))
        visit_type = "transfer" if row["chat_id"] in was_handed_on else "inbound"
        visits.add((row["chat_id"], row["queue_id"], visit_type, offered_at, exited_at, row["outcome"].lower()))
        if row["transfer_type"] == "blind":
            was_handed_on.add(row["chat_id"])


def _read_threads(messages, contacts, visits):
    starts, answers, last_at = defaultdict(list), {}, {}
    queue_of = {}
    for row in sorted(messages, key=lambda row: (row["sent_at"], row["message_id"])):
        thread_id, at = row["thread_id"], seconds(row["sent_at"])
        if row["channel"] == "chat":
            continue
        is_silent = at - last_at.get(thread_id, -SILENCE_SECONDS) >= SILENCE_SECONDS
        if thread_id not in last_at or (row["sender"] == "customer" and is_silent):
            starts[thread_id].append((at, row["message_id"]))
            queue_of[row["message_id"]] = row["queue_id"]
        if row["sender"] == "agent":
            answers.setdefault(starts[thread_id][-1][1], at)
        last_at[thread_id] = at
    for thread_starts in starts.values():
        for at, contact_id in thread_starts:
            contacts.add(contact_id)
            answered_at = answers.get(contact_id)
            exit_reason = "open" if answered_at is None else "answered"
            visits.add((contact_id, queue_of[contact_id], "inbound", at, answered_at, exit_reason))
    return starts


def _read_tickets(rows, contacts, visits):
    own = {row["ticket_id"] for row in rows[TICKETS] if row["channel"] != "phone"}
    contacts |= own
    events_of = defaultdict(list)
    for row in sorted(rows[TICKET_EVENTS], key=lambda row: row["event_id"]):
        if row["ticket_id"] in own:
            events_of[row["ticket_id"]].append(row)
    for ticket_id, events in events_of.items():
        waiting = None  # queue, visit type, offered
        for row in events:
            at = seconds(row["event_at"])
            exit_reason = ""
            if row["event_type"] == "queue":
                exit_reason = "overflow_queue"
            elif row["event_type"] == "agent_reply":
                exit_reason = "answered"
            elif row["value"] in ("solved", "spam"):
                exit_reason = "solved_without_reply"
            if waiting and exit_reason:
                visits.add((ticket_id, *waiting, at, exit_reason))
                waiting = None
            if row["event_type"] == "queue":
                waiting = row["value"], "transfer" if row["agent_id"] else "inbound", at
        if waiting:
            visits.add((ticket_id, *waiting, None, "open"))


def _calls_of_tickets(tickets, calls):
    known_calls = {call.contact_id for call in calls}
    calls_of_number = defaultdict(list)
    for call in calls:
        calls_of_number[call.customer_number].append((call.ended_at, call.contact_id))
    found = {}
    for row in tickets:
        if row["channel"] == "phone":
            created_at = seconds(row["created_at"])
            recent = [
                call for call in calls_of_number[row["requester"]] if created_at - LINK_SECONDS <= call[0] <= created_at
            ]
            by_number = max(recent, default=(0, ""))[1]
            found[row["ticket_id"]] = row["external_id"] if row["external_id"] in known_calls else by_number
    return found
