"""Listed damage to the dialer's rows, with its effect on a copy of the books."""

from collections.abc import Callable
from random import Random

from scripts.simulate.books import Books
from scripts.simulate.damage_list import QUARANTINED, SUPERSEDED, UNKNOWN_REASON, DamageList
from scripts.simulate.outbound.books import Attempt
from scripts.simulate.outbound.records import ATTEMPTS, written_order


class OutboundDamage(DamageList):
    def __init__(self, rows: list[dict], books: Books, used_logins: set[tuple[str, int]], rng: Random):
        self.rows = [dict(row) for row in rows]
        super().__init__({ATTEMPTS: self.rows}, rng, "DO")
        self.books = books
        self._used_logins = used_logins
        self._used_attempts: set[str] = set()
        self._row_of = {row["attempt_id"]: row for row in self.rows}

    def do_all(self) -> None:
        self._blank_attempt_ids(4, lambda a: not a.agent_id)
        self._blank_attempt_ids(3, lambda a: a.is_dialed_in_vain and a.campaign_id)
        self._blank_attempt_ids(3, lambda a: a.leg and a.campaign_id)
        self._unreadable_dialed_at(3)
        self._undocumented_results(4)
        self._undocumented_campaigns(4)
        self._missing_numbers(4)
        self._negative_holds(3)
        self._superseded_versions(6)
        self.rows.sort(key=written_order)
        self._duplicates(6)
        self._out_of_order(5)

    def _attempts(self, number: int, is_suitable: Callable[[Attempt], bool]) -> list[Attempt]:
        suitable = [attempt for attempt in self.books.outbound.attempts if is_suitable(attempt)]
        chosen = []
        for attempt in self._rng.sample(suitable, len(suitable)):
            login = (attempt.agent_id, attempt.login_number)
            is_free = attempt.attempt_id not in self._used_attempts and login not in self._used_logins
            if is_free and len(chosen) < number:
                chosen.append(attempt)
                self._used_attempts.add(attempt.attempt_id)
                if attempt.agent_id:
                    self._used_logins.add(login)
        return chosen

    def _vanish(self, attempt: Attempt) -> None:
        """The attempt, its contact and its leg are gone; the log alone says that the agent was on a contact."""
        self.books.outbound.attempts.remove(attempt)
        if attempt.leg:
            self.books.contacts.remove(next(c for c in self.books.contacts if c.contact_id == attempt.contact_id))
        for span in self.books.spans:
            is_of_attempt = (
                span.agent_id == attempt.agent_id and attempt.dialed_at <= span.started_at < attempt.ended_at
            )
            if is_of_attempt and span.state == "ON_CONTACT":
                span.state, span.reason = "AUX", UNKNOWN_REASON

    def _blank_attempt_ids(self, number: int, is_suitable: Callable[[Attempt], bool]) -> None:
        for attempt in self._attempts(number, is_suitable):
            self._row_of[attempt.attempt_id]["attempt_id"] = ""
            self._vanish(attempt)
            self._note(
                ATTEMPTS, "blank_attempt_id", attempt.attempt_id,
                "row quarantined; attempt, contact and leg vanish; an agent's ON_CONTACT counts as auxiliary",
                QUARANTINED,
            )  # fmt: skip

    def _unreadable_dialed_at(self, number: int) -> None:
        for attempt in self._attempts(number, lambda a: not a.agent_id):
            self._row_of[attempt.attempt_id]["dialed_at"] = self._rng.choice(("", "2026-10-32T09:00:00Z", "n/a"))
            self._vanish(attempt)
            self._note(
                ATTEMPTS,
                "unreadable_dialed_at",
                attempt.attempt_id,
                "row quarantined; the attempt vanishes",
                QUARANTINED,
            )

    def _undocumented_results(self, number: int) -> None:
        for attempt in self._attempts(number, lambda a: a.result == "NO_ANSWER" and not a.agent_id):
            self._row_of[attempt.attempt_id]["result"] = "SIT_TONE"
            attempt.result = UNKNOWN_REASON.upper()
            self._note(
                ATTEMPTS, "undocumented_result", attempt.attempt_id, "the result is unknown with a flag; the row stays"
            )

    def _undocumented_campaigns(self, number: int) -> None:
        for attempt in self._attempts(
            number, lambda a: a.campaign_id and a.result in ("MACHINE", "ABANDONED_BY_DIALER")
        ):
            self._row_of[attempt.attempt_id]["campaign_id"] = "CMP-99"
            attempt.campaign_id = UNKNOWN_REASON
            self._note(
                ATTEMPTS, "undocumented_campaign", attempt.attempt_id, "the campaign is unknown (-2); the row stays"
            )

    def _missing_numbers(self, number: int) -> None:
        for attempt in self._attempts(number, lambda a: a.campaign_id and not a.leg):
            self._row_of[attempt.attempt_id]["customer_number"] = ""
            attempt.customer_number = ""
            self._note(
                ATTEMPTS, "missing_customer_number", attempt.attempt_id, "the customer is unknown (-2); the row stays"
            )

    def _negative_holds(self, number: int) -> None:
        for attempt in self._attempts(number, lambda a: a.leg and a.campaign_id and a.leg.hold_seconds == 0):
            self._row_of[attempt.attempt_id]["hold_seconds"] = "-12"
            attempt.leg.hold_seconds = None
            self._note(
                ATTEMPTS, "negative_hold", attempt.attempt_id, "hold_seconds becomes NULL with a flag; the row stays"
            )

    def _superseded_versions(self, number: int) -> None:
        for attempt in self._attempts(number, lambda a: a.leg and a.campaign_id and a.leg.after_contact_work_seconds):
            row = self._row_of[attempt.attempt_id]
            # Written while the agent was still at work on it: without its wrap-up.
            early = {"after_contact_work_seconds": "", "disposition": "", "right_party": "", "converted": ""}
            self.rows.append({**row, **early, "updated_at": row["ended_at"]})
            self._note(
                ATTEMPTS, "superseded_version", attempt.attempt_id,
                "only the version with the newest updated_at counts; the older one is dropped",
                SUPERSEDED,
            )  # fmt: skip

    def _untouched(self, number: int) -> list[dict]:
        rows = self._rng.sample(self.rows, len(self.rows))
        chosen = [row for row in rows if row["attempt_id"] and row["attempt_id"] not in self._used_attempts][:number]
        self._used_attempts |= {row["attempt_id"] for row in chosen}
        return chosen

    def _duplicates(self, number: int) -> None:
        for row in self._untouched(number):
            self._copy_further_down(ATTEMPTS, row, 20)
            self._note_duplicate(ATTEMPTS, row["attempt_id"])

    def _out_of_order(self, number: int) -> None:
        for row in self._untouched(number):
            self._move_up(ATTEMPTS, row, 10, 80)
            self._note(ATTEMPTS, "out_of_order", row["attempt_id"], "none")
