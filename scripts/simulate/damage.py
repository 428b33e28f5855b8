"""Listed damage: what goes wrong between a telephone system and a warehouse, done to the raw rows on purpose.

Every item says which row it touches and what a correct warehouse makes of it, and changes the books in the same way.
Items with an effect never share a contact or an agent's log-in, so that their effects do not interact.
"""

from collections import defaultdict
from collections.abc import Callable
from random import Random

from scripts.simulate.books import Books
from scripts.simulate.clock import DAY_SECONDS, utc_seconds, utc_text
from scripts.simulate.config import FORGOTTEN_LOGOUT_GRACE_SECONDS
from scripts.simulate.damage_list import QUARANTINED, SUPERSEDED, UNKNOWN_REASON, VOID, DamageList
from scripts.simulate.ledger import Contact, StateSpan
from scripts.simulate.records import Row, written_order

CALLS = "raw_call_detail_records"
ACTIVITY = "raw_agent_activity"


class Damage(DamageList):
    """Takes the clean rows and a copy of the books, and does the damage to both."""

    def __init__(self, call_rows: list[Row], activity_rows: list[Row], books: Books, rng: Random):
        self.call_rows = [dict(row) for row in call_rows]
        self.activity_rows = [dict(row) for row in activity_rows]
        super().__init__({CALLS: self.call_rows, ACTIVITY: self.activity_rows}, rng, "D")
        self.books = books
        self._used_contacts: set[str] = set()
        self.used_logins: set[tuple[str, int]] = set()
        self._rows_of_contact: dict[str, list[Row]] = defaultdict(list)
        for row in self.call_rows:
            self._rows_of_contact[row["contact_id"]].append(row)
        self._row_of_event = {row["event_id"]: row for row in self.activity_rows}

    def do_all(self) -> None:
        """Content first; then the places of rows in the files, which depend on what was written when."""
        self._blank_contact_ids(5)
        self._unreadable_starts(3)
        self._negative_holds(4)
        self._negative_waits(4)
        self._undocumented_reasons(4)
        self._superseded_versions(10)
        self._late_rows(6)
        self._void_rows(6)
        self.call_rows.sort(key=written_order)

        self._missing_logouts(5)
        self._unreadable_ringing(5)
        self._undocumented_aux(4)
        self._events_without_agent(4)

        self._duplicates(CALLS, 12)
        self._out_of_order(CALLS, 8)
        self._duplicates(ACTIVITY, 10)
        self._out_of_order(ACTIVITY, 6)

    # Choosing what to damage

    def _contacts(self, number: int, is_suitable: Callable[[Contact], bool]) -> list[Contact]:
        suitable = [
            contact
            for contact in self.books.contacts
            if not contact.is_test and not contact.is_outbound_work and is_suitable(contact)
        ]
        chosen = []
        for contact in self._rng.sample(suitable, len(suitable)):
            logins = {(leg.agent_id, leg.login_number) for leg in contact.legs}
            if len(chosen) < number and contact.contact_id not in self._used_contacts and not logins & self.used_logins:
                chosen.append(contact)
                self._used_contacts.add(contact.contact_id)
                self.used_logins |= logins
        return chosen

    def _spans(self, number: int, is_suitable: Callable[[StateSpan], bool]) -> list[StateSpan]:
        suitable = [span for span in self.books.spans if is_suitable(span)]
        chosen = []
        for span in self._rng.sample(suitable, len(suitable)):
            login = (span.agent_id, span.login_number)
            if len(chosen) < number and login not in self.used_logins:
                chosen.append(span)
                self.used_logins.add(login)
        return chosen

    def _rows_where(self, number: int, is_suitable: Callable[[Contact, Row], bool]) -> list[Row]:
        """One row of each of some contacts."""

        def suitable_rows(contact: Contact) -> list[Row]:
            return [row for row in self._rows_of_contact[contact.contact_id] if is_suitable(contact, row)]

        contacts = self._contacts(number, lambda contact: bool(suitable_rows(contact)))
        return [suitable_rows(contact)[0] for contact in contacts]

    # Call rows

    def _blank_contact_ids(self, number: int) -> None:
        for contact in self._contacts(number, lambda c: c.reached_agent):
            rows = self._rows_of_contact[contact.contact_id]
            for row in rows:
                row["contact_id"] = ""
            self.books.contacts.remove(contact)
            for leg in contact.legs:
                for span in self.books.spans:
                    is_of_leg = span.agent_id == leg.agent_id and leg.connected_at <= span.started_at < leg.ended_at
                    if is_of_leg and span.state == "ON_CONTACT":
                        span.state, span.reason = "AUX", UNKNOWN_REASON
            self._note(
                CALLS, "blank_contact_id", contact.contact_id,
                "all rows quarantined; contact, visits and legs vanish; ON_CONTACT without a leg counts as auxiliary; "
                "ringing and after-contact work stay as the activity log says",
                QUARANTINED, len(rows),
            )  # fmt: skip

    def _unreadable_starts(self, number: int) -> None:
        for contact in self._contacts(number, lambda c: c.is_blocked):
            self._rows_of_contact[contact.contact_id][0]["started_at"] = self._rng.choice(
                ("0000-00-00T00:00:00Z", "2026-10-41T27:61:00Z", "#####")
            )
            self.books.contacts.remove(contact)
            self._note(
                CALLS,
                "unreadable_started_at",
                f"{contact.contact_id}/1",
                "row quarantined; the blocked attempt vanishes",
                QUARANTINED,
            )

    def _negative_holds(self, number: int) -> None:
        for row in self._rows_where(number, lambda _, row: row["segment_type"] == "queue" and row["hold_seconds"] == 0):
            row["hold_seconds"] = -30
            for leg in self.books.legs:
                if (leg.contact_id, leg.segment_number) == (row["contact_id"], row["segment_number"]):
                    leg.hold_seconds = None
            self._note(CALLS, "negative_hold", _key(row), "hold_seconds becomes NULL with a flag; the row stays")

    def _negative_waits(self, number: int) -> None:
        for row in self._rows_where(number, lambda _, row: row["wait_seconds"] == 0):
            row["wait_seconds"] = -1
            self._note(CALLS, "wait_of_minus_one", _key(row), "wait_seconds becomes 0; the row stays")

    def _undocumented_reasons(self, number: int) -> None:
        for contact in self._contacts(number, lambda c: c.reached_agent and c.contact_reason):
            for row in self._rows_of_contact[contact.contact_id]:
                row["contact_reason"] = "RSN_77"
            contact.contact_reason = UNKNOWN_REASON
            self._note(
                CALLS,
                "undocumented_contact_reason",
                contact.contact_id,
                "the reason is unknown (-2) with a flag; all rows stay",
            )

    def _superseded_versions(self, number: int) -> None:
        for row in self._rows_where(number, lambda _, row: row["after_contact_work_seconds"] not in ("", 0)):
            self.call_rows.append({**row, "after_contact_work_seconds": ""})
            self._write_later(row, self._rng.randint(1 * DAY_SECONDS, 4 * DAY_SECONDS))
            self._note(
                CALLS,
                "superseded_version",
                _key(row),
                "only the version with the newest updated_at counts; the older one is dropped",
                SUPERSEDED,
            )

    def _late_rows(self, number: int) -> None:
        for row in self._rows_where(number, lambda contact, _: contact.reached_agent):
            self._write_later(row, self._rng.randint(6 * 3600, 3 * DAY_SECONDS))
            self._note(CALLS, "late_row", _key(row), "none")

    def _void_rows(self, number: int) -> None:
        models = self._rows_where(number, lambda _, row: row["outcome"] == "ABANDONED")
        first_free = max(int(contact_id[1:]) for contact_id in self._rows_of_contact) + 1
        for offset, model in enumerate(models):
            # Looks like an abandoned call, so that a warehouse that misses the rule counts too much.
            row = {**model, "contact_id": f"C{first_free + offset:07d}", "segment_number": 1, "outcome": "VOID"}
            self.call_rows.append(row)
            self._note(CALLS, "void_row", _key(row), "dropped by rule: the source itself calls the row void", VOID)

    def _write_later(self, row: Row, seconds: int) -> None:
        row["updated_at"] = utc_text(utc_seconds(row["updated_at"]) + seconds)

    # Activity rows

    def _missing_logouts(self, number: int) -> None:
        logouts = self._logouts()
        for span in self._spans(
            number, lambda s: s.event_id in logouts and s.state in ("AVAILABLE", "AUX") and s.started_at < s.ended_at
        ):
            logout = logouts[span.event_id]
            self.activity_rows.remove(logout)
            next_login_at = min((s.started_at for s in self.books.spans if _is_next_login(s, span)), default=None)
            closes_at = span.started_at + FORGOTTEN_LOGOUT_GRACE_SECONDS
            span.ended_at = closes_at if next_login_at is None else min(closes_at, next_login_at)
            self._note(
                ACTIVITY, "missing_logout", logout["event_id"],
                f"closed at {utc_text(span.ended_at)} in state {span.state}: {FORGOTTEN_LOGOUT_GRACE_SECONDS} s "
                f"after its last event {span.event_id}, or at the next log-in",
            )  # fmt: skip

    def _logouts(self) -> dict[str, Row]:
        """The LOGOUT row that follows an event, by the id of that event."""
        followed_by: dict[str, Row] = {}
        last_event: dict[str, str] = {}
        for row in self.activity_rows:
            if row["state"] == "LOGOUT":
                followed_by[last_event[row["agent_id"]]] = row
            last_event[row["agent_id"]] = row["event_id"]
        return followed_by

    def _unreadable_ringing(self, number: int) -> None:
        before: dict[str, StateSpan] = {}
        latest: dict[str, StateSpan] = {}
        for span in self.books.spans:
            before[span.event_id] = latest.get(span.agent_id)
            latest[span.agent_id] = span
        for span in self._spans(
            number,
            lambda s: s.state == "RINGING" and s.started_at < s.ended_at and before[s.event_id].state == "AVAILABLE",
        ):
            self._row_of_event[span.event_id]["event_at"] = self._rng.choice(("", "2026-13-01T10:00:00-05:00", "25:99"))
            span.state = before[span.event_id].state
            self._note(
                ACTIVITY, "unreadable_event_at", span.event_id,
                f"quarantined; {span.ended_at - span.started_at} s of ringing count as the state before: {span.state}",
                QUARANTINED,
            )  # fmt: skip

    def _undocumented_aux(self, number: int) -> None:
        for span in self._spans(number, lambda s: s.state == "AUX" and s.reason in ("BREAK", "MEETING")):
            self._row_of_event[span.event_id]["reason"] = "PRJ7"
            span.reason = UNKNOWN_REASON
            self._note(
                ACTIVITY,
                "undocumented_aux_reason",
                span.event_id,
                "the reason is unknown with a flag; the row stays, no seconds change",
            )

    def _events_without_agent(self, number: int) -> None:
        models = self._spans(number, lambda s: s.state == "AUX")
        first_free = len(self._row_of_event) + 1
        for offset, model in enumerate(models):
            row = {**self._row_of_event[model.event_id], "event_id": f"E{first_free + offset:06d}", "agent_id": ""}
            self.activity_rows.insert(self.activity_rows.index(self._row_of_event[model.event_id]) + 1, row)
            self._note(
                ACTIVITY, "blank_agent_id", row["event_id"], "row quarantined; nobody's seconds change", QUARANTINED
            )

    # Places in the files

    def _untouched(self, file: str, number: int) -> list[Row]:
        touched = {item.row_key for item in self.items}
        candidates = self._rng.sample(self.tables[file], len(self.tables[file]))
        if file == CALLS:
            free = [
                row
                for row in candidates
                if row["contact_id"] and row["outcome"] != "VOID" and row["contact_id"] not in self._used_contacts
            ]
        else:
            free = [row for row in candidates if row["event_id"] not in touched and row["agent_id"]]
        return free[:number]

    def _duplicates(self, file: str, number: int) -> None:
        for row in self._untouched(file, number):
            self._copy_further_down(file, row, 60)
            self._note_duplicate(file, _key(row))
            self._claim(row)

    def _out_of_order(self, file: str, number: int) -> None:
        for row in self._untouched(file, number):
            self._move_up(file, row, 20, 200)
            self._note(file, "out_of_order", _key(row), "none")
            self._claim(row)

    def _claim(self, row: Row) -> None:
        if "contact_id" in row:
            self._used_contacts.add(row["contact_id"])


def _key(row: Row) -> str:
    return f"{row['contact_id']}/{row['segment_number']}" if "contact_id" in row else row["event_id"]


def _is_next_login(candidate: StateSpan, span: StateSpan) -> bool:
    return candidate.agent_id == span.agent_id and candidate.state == "LOGIN" and candidate.started_at >= span.ended_at
