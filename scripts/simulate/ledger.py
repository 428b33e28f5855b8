"""The entries of the books: what truly happened to contacts and agents, in whole UTC seconds."""

from dataclasses import dataclass, field

# Contacts with one of these wrap-up codes count in no indicator about customers.
EXCLUDED_DISPOSITIONS = ("TEST_CALL", "WRONG_NUMBER")


@dataclass
class SelfServiceSession:
    contact_id: str
    segment_number: int
    started_at: int
    ended_at: int | None = None
    is_contained: bool | None = (
        None  # ended without being offered to a queue, whether or not the caller got what they wanted
    )
    outcome: str = ""  # contained, hung_up, to_queue


@dataclass
class Leg:
    """One connection of one agent.

    `ended_at` is when the agent left, `customer_ended_at` when the segment ended for the customer.
    """

    contact_id: str
    segment_number: int
    agent_id: str
    team_id: str
    leg_type: str  # customer, consult, conference
    connected_at: int
    ring_seconds: int
    login_number: int  # the agent's how-manieth log-in it belongs to
    is_direct: bool = False
    ended_at: int | None = None
    customer_ended_at: int | None = None
    hold_seconds: int | None = 0
    after_contact_work_seconds: int = 0
    transfer_type: str = ""
    transfer_reason: str = ""
    disposition: str = ""


@dataclass
class Visit:
    """One entry into a queue. `exited_at` is when the customer left the queue: when answered, that moment."""

    contact_id: str
    segment_number: int
    queue_id: str
    visit_type: str  # inbound, or transfer when an agent sent the customer here
    offered_at: int
    answered_at: int | None = None
    exited_at: int | None = None
    exit_reason: str = ""

    @property
    def wait_seconds(self) -> int:
        return self.exited_at - self.offered_at


@dataclass
class Contact:
    contact_id: str
    started_at: int
    customer_number: str  # empty when withheld
    customer_id: str = ""  # who it truly was, known or not
    cause: str = ""  # id of the business event without which there would be no such contact
    channel: str = "phone"
    direction: str = "inbound"
    contact_reason: str = ""  # empty until the caller has given one
    ended_at: int | None = None
    is_blocked: bool = False
    is_test: bool = False  # meant as one; whether it is known as one depends on the wrap-up
    session: SelfServiceSession | None = None
    visits: list[Visit] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    segments: int = 0

    def next_segment(self) -> int:
        self.segments += 1
        return self.segments

    @property
    def is_excluded(self) -> bool:
        return any(leg.disposition in EXCLUDED_DISPOSITIONS for leg in self.legs)

    @property
    def reached_agent(self) -> bool:
        return any(leg.leg_type == "customer" for leg in self.legs)

    @property
    def is_contained(self) -> bool:
        return self.session is not None and bool(self.session.is_contained)


@dataclass
class StateSpan:
    """One agent in one state from an event of the activity log until the next."""

    agent_id: str
    state: str
    reason: str
    started_at: int
    ended_at: int | None = None
    event_id: str = ""  # of the event that began it
    login_number: int = 0  # the agent's how-manieth log-in this is
