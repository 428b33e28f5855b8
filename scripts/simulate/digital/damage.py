"""Listed damage to the raw rows of the digital channels, with its effect on a copy of their books.

Items with an effect never share a contact, so that their effects do not interact.
"""

from random import Random

from scripts.simulate.books import Books
from scripts.simulate.clock import DAY_SECONDS, utc_seconds, utc_text
from scripts.simulate.damage_list import QUARANTINED, SUPERSEDED, UNKNOWN_REASON, DamageList
from scripts.simulate.digital.records import CHATS, MESSAGES, TICKET_EVENTS, TICKETS, WORK_SESSIONS
from scripts.simulate.ledger import Contact
from scripts.simulate.records import Row

KEYS = {
    CHATS: ("chat_id", "segment_number"),
    MESSAGES: ("message_id",),
    TICKETS: ("ticket_id",),
    TICKET_EVENTS: ("event_id",),
    WORK_SESSIONS: ("work_session_id",),
}
UNREADABLE = ("0000-00-00T00:00:00Z", "2026-10-41T27:61:00Z", "#####")


class DigitalDamage(DamageList):
    """Takes the clean rows and a copy of the books, and does the damage to both."""

    def __init__(self, tables: dict[str, list[Row]], books: Books, rng: Random, first_number: int):
        super().__init__(tables, rng, "D", first_number)
        self.books = books
        self._used_contacts: set[str] = set()
        self._touched_rows: set[int] = set()
        self._contact_of = {contact.contact_id: contact for contact in books.contacts}

    def do_all(self) -> None:
        self._unreadable_chats(3)
        self._undocumented_reasons(3)
        self._superseded_chats(6)
        self._lost_messages(4, "thread_id", "blank_thread_id")
        self._lost_messages(3, "sent_at", "unreadable_sent_at")
        self._blank_ticket_ids(3)
        self._undocumented_priorities(3)
        self._superseded_tickets(8)
        self._lost_notes(3, "ticket_id", "blank_ticket_id")
        self._lost_notes(3, "event_at", "unreadable_event_at")
        self._undocumented_events(3)
        self._sessions_without_agent(3)
        for file in self.tables:
            self._duplicates(file, 6)
            self._out_of_order(file, 4)

    # Choosing what to damage

    def _rows(self, file: str, number: int, is_suitable) -> list[Row]:
        """So many rows of as many contacts that nothing else is done to."""
        chosen = []
        for row in self._rng.sample(self.tables[file], len(self.tables[file])):
            if len(chosen) == number:
                break
            contact_id = self._contact_id(row)
            is_touched = id(row) in self._touched_rows or contact_id in self._used_contacts
            if not is_touched and is_suitable(row):
                chosen.append(row)
                self._used_contacts.add(contact_id)
                self._touched_rows.add(id(row))
        return chosen

    @staticmethod
    def _contact_id(row: Row) -> str:
        """The contact of the row or, which is wide enough, its thread or ticket."""
        return next(row[column] for column in ("chat_id", "thread_id", "ticket_id", "item_id") if column in row)

    def _remove_contact(self, contact: Contact) -> None:
        self.books.contacts.remove(contact)
        self._remove_messages(contact_id=contact.contact_id)

    def _remove_messages(self, **wanted: str) -> None:
        self.books.messages = [
            message
            for message in self.books.messages
            if any(getattr(message, name) != value for name, value in wanted.items())
        ]

    # Chats

    def _unreadable_chats(self, number: int) -> None:
        for row in self._rows(CHATS, number, lambda row: row["outcome"] == "CONTAINED"):
            row["started_at"] = self._rng.choice(UNREADABLE)
            self._remove_contact(self._contact_of[row["chat_id"]])
            self._note(
                CHATS, "unreadable_started_at", _key(CHATS, row),
                "row quarantined; the chat was contained by the bot and vanishes; its messages stay used but belong to "
                "no contact", QUARANTINED,
            )  # fmt: skip

    def _undocumented_reasons(self, number: int) -> None:
        for chosen in self._rows(CHATS, number, lambda row: row["accepted_at"] and row["contact_reason"]):
            for row in self.tables[CHATS]:
                if row["chat_id"] == chosen["chat_id"]:
                    row["contact_reason"] = "RSN_77"
                    self._touched_rows.add(id(row))
            self._contact_of[chosen["chat_id"]].contact_reason = UNKNOWN_REASON
            self._note(
                CHATS, "undocumented_contact_reason", chosen["chat_id"],
                "the reason is unknown (-2) with a flag; all rows stay",
            )  # fmt: skip

    def _superseded_chats(self, number: int) -> None:
        for row in self._rows(CHATS, number, lambda row: row["after_contact_work_seconds"] not in ("", 0)):
            self._add_older(CHATS, row, {"after_contact_work_seconds": "", "disposition": ""})
            row["updated_at"] = utc_text(utc_seconds(row["updated_at"]) + self._rng.randint(3600, 2 * DAY_SECONDS))

    # Messages

    def _lost_messages(self, number: int, column: str, kind: str) -> None:
        """Messages of a chat after the first of its agent, so that the answer to the visit stays."""
        first_of_agent = {}
        for row in self.tables[MESSAGES]:
            if row["sender"] == "agent":
                first_of_agent.setdefault(row["thread_id"], row["message_id"])

        def is_later(row: Row) -> bool:
            return row["channel"] == "chat" and row["message_id"] > first_of_agent.get(row["thread_id"], "Z")

        for row in self._rows(MESSAGES, number, is_later):
            message_id = row["message_id"]
            row[column] = self._rng.choice(UNREADABLE) if column == "sent_at" else ""
            self._remove_messages(message_id=message_id)
            self._note(
                MESSAGES, kind, message_id,
                "row quarantined; the message vanishes: a customer's starts no wait, an agent's ends none", QUARANTINED,
            )  # fmt: skip

    # Tickets

    def _blank_ticket_ids(self, number: int) -> None:
        without_leg = {
            c.contact_id for c in self.books.contacts if c.contact_id[0] == "T" and not c.legs and not c.is_spam
        }
        for row in self._rows(TICKETS, number, lambda row: row["ticket_id"] in without_leg):
            ticket_id = row["ticket_id"]
            row["ticket_id"] = ""
            self._remove_contact(self._contact_of[ticket_id])
            self.books.tickets = [ticket for ticket in self.books.tickets if ticket.ticket_id != ticket_id]
            self._note(
                TICKETS, "blank_ticket_id", ticket_id,
                "row quarantined; ticket and contact vanish (nobody had worked on it); its events stay used but belong "
                "to no ticket", QUARANTINED,
            )  # fmt: skip

    def _undocumented_priorities(self, number: int) -> None:
        for row in self._rows(TICKETS, number, lambda row: row["channel"] == "email" and row["status"] == "closed"):
            row["priority"] = "P9"
            next(ticket for ticket in self.books.tickets if ticket.ticket_id == row["ticket_id"]).priority = ""
            self._note(
                TICKETS, "undocumented_priority", row["ticket_id"], "the priority is unknown, NULL; the row stays"
            )

    def _superseded_tickets(self, number: int) -> None:
        for row in self._rows(TICKETS, number, lambda row: row["status"] in ("closed", "solved")):
            updated_at = utc_text(utc_seconds(row["created_at"]) + 10)
            self._add_older(TICKETS, row, {"status": "open", "updated_at": updated_at})

    def _lost_notes(self, number: int, column: str, kind: str) -> None:
        for row in self._rows(TICKET_EVENTS, number, lambda row: row["event_type"] == "internal_note"):
            ticket_id = row["ticket_id"]
            row[column] = self._rng.choice(UNREADABLE) if column == "event_at" else ""
            self._remove_messages(message_id=row["event_id"])
            for ticket in self.books.tickets:
                if ticket.ticket_id == ticket_id:
                    ticket.events = [event for event in ticket.events if event.event_id != row["event_id"]]
            self._note(TICKET_EVENTS, kind, row["event_id"], "row quarantined; the note vanishes", QUARANTINED)

    def _undocumented_events(self, number: int) -> None:
        first_free = len(self.tables[TICKET_EVENTS]) + 1
        models = self._rows(TICKET_EVENTS, number, lambda row: row["event_type"] == "internal_note")
        for offset, model in enumerate(models):
            row = {**model, "event_id": f"V{first_free + offset:06d}", "event_type": "macro_applied"}
            self._insert_after(TICKET_EVENTS, model, row)
            self._note(
                TICKET_EVENTS, "undocumented_event_type", row["event_id"],
                "row quarantined; it was nothing but an addition, so nothing vanishes", QUARANTINED,
            )  # fmt: skip

    # Work sessions

    def _sessions_without_agent(self, number: int) -> None:
        """Sessions that are the whole of one ON_CONTACT span of the activity log, on tickets worked on again."""
        spans = {(s.agent_id, s.started_at, s.ended_at): s for s in self.books.spans if s.state == "ON_CONTACT"}
        sessions = {session.work_session_id: session for session in self.books.work_sessions}
        legs_of = {contact.contact_id: contact.legs for contact in self.books.contacts}

        def span_of(row: Row):
            leg = sessions[row["work_session_id"]].leg
            return spans.get((leg.agent_id, leg.connected_at, leg.ended_at))

        def is_suitable(row: Row) -> bool:
            return row["item_type"] == "ticket" and span_of(row) is not None and len(legs_of[row["item_id"]]) > 1

        for row in self._rows(WORK_SESSIONS, number, is_suitable):
            session, span = sessions[row["work_session_id"]], span_of(row)
            row["agent_id"] = ""
            legs_of[row["item_id"]].remove(session.leg)
            self.books.work_sessions.remove(session)
            span.state, span.reason = "AUX", UNKNOWN_REASON
            self._note(
                WORK_SESSIONS, "blank_agent_id", session.work_session_id,
                "row quarantined; the leg vanishes; ON_CONTACT without a leg counts as auxiliary", QUARANTINED,
            )  # fmt: skip

    # Places in the files

    def _add_older(self, file: str, row: Row, cells: dict) -> None:
        older = {**row, **cells}
        self._touched_rows.add(id(older))
        self.tables[file].insert(self._position(file, row), older)
        self._note(
            file, "superseded_version", _key(file, row),
            "only the version with the newest updated_at counts; the older one is dropped", SUPERSEDED,
        )  # fmt: skip

    def _insert_after(self, file: str, model: Row, row: Row) -> None:
        self._touched_rows.add(id(row))
        self.tables[file].insert(self._position(file, model) + 1, row)

    def _untouched(self, file: str, number: int) -> list[Row]:
        rows = self.tables[file]
        chosen = [row for row in self._rng.sample(rows, len(rows)) if id(row) not in self._touched_rows][:number]
        self._touched_rows.update(id(row) for row in chosen)
        return chosen

    def _duplicates(self, file: str, number: int) -> None:
        for row in self._untouched(file, number):
            copy = self._copy_further_down(file, row, 60)
            self._touched_rows.add(id(copy))
            self._note_duplicate(file, _key(file, row))

    def _out_of_order(self, file: str, number: int) -> None:
        for row in self._untouched(file, number):
            self._move_up(file, row, 20, 200)
            self._note(file, "out_of_order", _key(file, row), "none")


def _key(file: str, row: Row) -> str:
    return "/".join(str(row[column]) for column in KEYS[file])


def forget_lost_calls(books: Books) -> None:
    """What continues a contact that the damage has removed continues nothing that is known."""
    known = {contact.contact_id for contact in books.contacts}
    for contact in books.contacts:
        if contact.previous_contact_id not in known:
            contact.previous_contact_id = ""
    lost = {ticket.contact_id for ticket in books.tickets} - known
    for ticket in books.tickets:
        if ticket.contact_id in lost:
            ticket.contact_id = ""
    books.messages = [message for message in books.messages if message.contact_id in known]
