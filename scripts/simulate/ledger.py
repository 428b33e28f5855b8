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
    ring_seconds: int | None  # None when the agent or the dialer dialed, and for messages and tickets
    login_number: int  # the agent's how-manieth log-in it belongs to
    is_direct: bool = False
    ended_at: int | None = None
    customer_ended_at: int | None = None
    hold_seconds: int | None = 0
    after_contact_work_seconds: int | None = 0  # a stretch of focused work has none of its own
    transfer_type: str = ""
    transfer_reason: str = ""
    disposition: str = ""
    dial_seconds: int | None = None  # the agent's, before a connection that the center called for

    @property
    def started_at(self) -> int:
        """When the agent began to be busy with it: dialing is part of the work."""
        return self.connected_at - (self.dial_seconds or 0)


@dataclass
class Visit:
    """One entry into a queue. `exited_at` is when the customer left the queue: when answered, that moment."""

    contact_id: str
    segment_number: int
    queue_id: str
    visit_type: str  # inbound, transfer when an agent sent the customer here, callback when the customer asked for one
    offered_at: int
    answered_at: int | None = None
    exited_at: int | None = None
    exit_reason: str = ""

    @property
    def wait_seconds(self) -> int | None:
        return None if self.exited_at is None else self.exited_at - self.offered_at


@dataclass
class Contact:
    contact_id: str
    started_at: int
    customer_number: str  # or any other name the source knows the customer by; empty when it knows none
    customer_id: str = ""  # who it truly was, known or not
    channel: str = "phone"
    direction: str = "inbound"
    contact_reason: str = ""  # empty until the caller has given one
    ended_at: int | None = None
    is_blocked: bool = False
    is_spam: bool = False
    previous_contact_id: str = ""  # of the chat or call that this chat continues
    is_test: bool = False  # meant as one; whether it is known as one depends on the wrap-up
    session: SelfServiceSession | None = None
    visits: list[Visit] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    segments: int = 0
    cause: str = ""  # id of the business event without which there would be no such contact

    def next_segment(self) -> int:
        self.segments += 1
        return self.segments

    @property
    def is_excluded(self) -> bool:
        return self.is_spam or any(leg.disposition in EXCLUDED_DISPOSITIONS for leg in self.legs)

    @property
    def reached_agent(self) -> bool:
        return any(leg.leg_type == "customer" for leg in self.legs)

    @property
    def was_called_back(self) -> bool:
        """Whether the customer left the line and waited for a callback, in vain or not."""
        return any(visit.visit_type == "callback" for visit in self.visits)

    @property
    def is_outbound_work(self) -> bool:
        """Whether the records of the dialer tell of it."""
        return self.direction == "outbound" or self.was_called_back

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


@dataclass
class Message:
    """One message of a digital contact. For tickets its id is that of the ticket's event."""

    message_id: str
    contact_id: str
    thread_id: str  # the chat, the thread or the ticket
    sender: str  # customer, bot, agent
    agent_id: str
    queue_id: str  # the one that the contact was in; empty with a bot that has not handed over yet
    sent_at: int
    is_public: bool = True  # internal notes are not


@dataclass
class Response:
    """One answer of a person to a customer who waits, from the first message that nobody has answered."""

    contact_id: str
    asked_at: int
    responded_at: int
    agent_id: str
    is_first: bool  # of the contact


@dataclass
class WorkSession:
    """One stretch of focused work on a ticket or thread, and the leg that it is."""

    work_session_id: str
    item_type: str
    item_id: str
    leg: Leg


@dataclass
class TicketEvent:
    event_id: str
    ticket_id: str
    event_at: int
    event_type: str  # created, queue, status, customer_message, agent_reply, internal_note
    value: str
    agent_id: str  # empty for customers and rules
    assigned_agent_id: str  # who has the ticket from then on; empty when nobody has


@dataclass
class TicketState:
    """A ticket in one status, queue and hand; where several things change in one second, the last of them counts."""

    ticket_id: str
    status: str
    queue_id: str
    assigned_agent_id: str
    started_at: int
    ended_at: int | None = None


@dataclass
class Ticket:
    ticket_id: str
    contact_id: str  # its own contact, or the call that it was opened for
    channel: str
    requester: str
    customer_id: str  # as known to the source
    contact_reason: str
    priority: str
    created_at: int
    opened_by: str = ""  # the agent; empty when the customer did
    external_id: str = ""
    tried_self_service: str = ""
    queue_id: str = ""
    status: str = "new"
    assigned_agent_id: str = ""
    events: list[TicketEvent] = field(default_factory=list)

    @property
    def states(self) -> list[TicketState]:
        states: list[TicketState] = []
        status, queue_id = "new", ""
        for event in self.events:
            if event.event_type == "status":
                status = event.value
            elif event.event_type == "queue":
                queue_id = event.value
            elif event.event_type != "created":
                continue
            if states and states[-1].started_at == event.event_at:
                states.pop()
            elif states:
                states[-1].ended_at = event.event_at
            states.append(TicketState(self.ticket_id, status, queue_id, event.assigned_agent_id, event.event_at))
        return states

    def _times(self, event_type: str, value: str = "") -> list[int]:
        return [e.event_at for e in self.events if e.event_type == event_type and (not value or e.value == value)]

    @property
    def is_spam(self) -> bool:
        return self.status == "spam"

    @property
    def is_opened_by_agent(self) -> bool:
        return bool(self.opened_by)

    @property
    def reply_count(self) -> int:
        return len(self._times("agent_reply"))

    @property
    def first_reply_at(self) -> int | None:
        return min(self._times("agent_reply"), default=None)

    @property
    def solved_count(self) -> int:
        return len(self._times("status", "solved"))

    @property
    def first_solved_at(self) -> int | None:
        return min(self._times("status", "solved"), default=None)

    @property
    def last_solved_at(self) -> int | None:
        return max(self._times("status", "solved"), default=None)

    @property
    def closed_at(self) -> int | None:
        return max(self._times("status", "closed"), default=None)

    @property
    def reopen_count(self) -> int:
        statuses = [e.value for e in self.events if e.event_type == "status"]
        return sum(
            before == "solved" and after == "open" for before, after in zip(statuses, statuses[1:], strict=False)
        )
