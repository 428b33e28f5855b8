"""The books of outbound work: every attempt to reach a customer, as it truly went."""

from dataclasses import dataclass

from scripts.simulate.ledger import Leg


@dataclass
class Attempt:
    """One dialed call to one number. Without a leg no agent spoke to the customer."""

    attempt_id: str
    campaign_id: str  # empty for a callback
    callback_contact_id: str  # empty for a campaign
    record_id: str  # of the campaign's list
    attempt_number: int
    customer_number: str
    dialed_at: int
    agent_id: str = ""  # who dialed, or took the call from the dialer
    team_id: str = ""
    login_number: int = 0
    answered_at: int | None = None  # by whoever
    ended_at: int | None = None
    dial_seconds: int | None = None  # of an agent; the dialer's own dialing costs nobody time
    result: str = ""
    is_right_party: bool | None = None
    is_converted: bool | None = None
    disposition: str = ""
    leg: Leg | None = None

    @property
    def contact_id(self) -> str:
        return self.leg.contact_id if self.leg else ""

    @property
    def is_dialed_in_vain(self) -> bool:
        """An agent was busy dialing and nobody came on the line."""
        return bool(self.agent_id) and self.leg is None


class OutboundBooks:
    def __init__(self):
        self.attempts: list[Attempt] = []
        self.contact_count = 0

    def dialed(self, at: int, customer_number: str, attempt_number: int, **of_what) -> Attempt:
        names = {"campaign_id": "", "callback_contact_id": "", "record_id": "", **of_what}
        attempt = Attempt(
            f"T{len(self.attempts) + 1:06d}",
            customer_number=customer_number,
            attempt_number=attempt_number,
            dialed_at=at,
            **names,
        )
        self.attempts.append(attempt)
        return attempt

    def ended(self, attempt: Attempt, at: int, result: str) -> None:
        attempt.ended_at = at
        attempt.result = result
        if attempt.is_dialed_in_vain:
            attempt.dial_seconds = at - attempt.dialed_at

    def next_contact_id(self) -> str:
        self.contact_count += 1
        return f"O{self.contact_count:07d}"
