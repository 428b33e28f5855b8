"""The books: everything that happened, reported by the processes at the second it happens, and tallied on request.

The books never read a raw row. Raw rows are rendered from the same events by `records`, and damaged afterwards by
`damage`, so a warehouse that is built from the raw rows can be compared with the books to the second.
"""

from collections import defaultdict
from dataclasses import dataclass

from scripts.simulate.clock import interval_start, split_by_interval
from scripts.simulate.config import (
    FORGOTTEN_LOGOUT_GRACE_SECONDS,
    SERVICE_LEVEL_SECONDS_OF,
    SHORT_ABANDON_SECONDS,
    VOICE_CHANNELS,
    Config,
)
from scripts.simulate.ledger import (
    Contact,
    Leg,
    Message,
    Response,
    SelfServiceSession,
    StateSpan,
    Ticket,
    TicketState,
    Visit,
    WorkSession,
)
from scripts.simulate.outbound.books import Attempt, OutboundBooks

REDIRECTED = ("overflow_queue", "key_exit", "callback_requested", "solved_without_reply")
MISSED = ("timeout", "no_agents", "voicemail", "closed")

BUCKET_OF_STATE = {
    "ON_CONTACT": "on_contact",
    "AFTER_CONTACT_WORK": "after_contact_work",
    "RINGING": "ringing",
    "NOT_RESPONDING": "not_responding",
    "AVAILABLE": "available",
    "AUX": "auxiliary",
    "LOGIN": "auxiliary",
}


@dataclass
class QueueInterval:
    """One queue in the quarter hour in which its visits were offered. Test calls and callbacks are left out."""

    queue_id: str
    interval_start_at: int
    offered: int = 0
    answered: int = 0
    answered_in_threshold: int = 0
    abandoned: int = 0
    short_abandoned: int = 0
    abandoned_in_threshold: int = 0  # short ones are not in it
    redirected: int = 0
    missed: int = 0
    answered_wait_seconds: int = 0
    abandoned_wait_seconds: int = 0
    short_abandoned_wait_seconds: int = 0
    flowed_out_wait_seconds: int = 0
    longest_wait_seconds: int = 0
    open: int = 0  # still waiting at the end of the simulation

    def add(self, visit: Visit, channel: str) -> None:
        self.offered += 1
        wait = visit.wait_seconds
        if wait is None:
            self.open += 1
            return
        in_threshold = wait <= SERVICE_LEVEL_SECONDS_OF[channel]
        self.longest_wait_seconds = max(self.longest_wait_seconds, wait)
        if visit.exit_reason == "answered":
            self.answered += 1
            self.answered_in_threshold += in_threshold
            self.answered_wait_seconds += wait
        elif visit.exit_reason == "abandoned" and wait < SHORT_ABANDON_SECONDS:
            self.short_abandoned += 1
            self.short_abandoned_wait_seconds += wait
        elif visit.exit_reason == "abandoned":
            self.abandoned += 1
            self.abandoned_in_threshold += in_threshold
            self.abandoned_wait_seconds += wait
        else:
            self.redirected += visit.exit_reason in REDIRECTED
            self.missed += visit.exit_reason in MISSED
            self.flowed_out_wait_seconds += wait


@dataclass
class AgentInterval:
    """One agent, in the team of that moment, in one quarter hour: seconds by the clock, contacts by connection.

    The six exclusive states add up to `staffed`. Seconds include test calls, because the agent was busy with them;
    `handled_count` does not.
    """

    agent_id: str
    team_id: str
    interval_start_at: int
    on_contact: int = 0
    after_contact_work: int = 0
    ringing: int = 0
    not_responding: int = 0
    available: int = 0
    auxiliary: int = 0
    contact_seconds: int = 0
    handled_count: int = 0

    @property
    def staffed(self) -> int:
        return (
            self.on_contact
            + self.after_contact_work
            + self.ringing
            + self.not_responding
            + self.available
            + self.auxiliary
        )


class Books:
    def __init__(self, config: Config):
        self.config = config
        self.contacts: list[Contact] = []
        self.spans: list[StateSpan] = []
        # Of the digital channels only.
        self.messages: list[Message] = []
        self.tickets: list[Ticket] = []
        self.work_sessions: list[WorkSession] = []
        self.outbound = OutboundBooks()
        self._current_span: dict[str, StateSpan] = {}
        self._logins: dict[str, int] = defaultdict(int)
        self._profiles = {profile.agent_id: profile for profile in config.agents}

    # Contacts

    def contact_started(self, at: int, customer_number: str, is_test: bool = False, customer_id: str = "") -> Contact:
        number = len(self.contacts) - self.outbound.contact_count + 1
        contact = Contact(f"C{number:07d}", at, customer_number, customer_id, is_test=is_test)
        self.contacts.append(contact)
        return contact

    def contact_blocked(self, contact: Contact) -> None:
        contact.next_segment()
        contact.is_blocked = True
        contact.ended_at = contact.started_at

    def contact_ended(self, contact: Contact, at: int) -> None:
        contact.ended_at = at

    def session_started(self, contact: Contact, at: int) -> None:
        contact.session = SelfServiceSession(contact.contact_id, contact.next_segment(), at)

    def session_ended(self, contact: Contact, at: int, outcome: str) -> None:
        contact.session.ended_at = at
        contact.session.outcome = outcome
        contact.session.is_contained = outcome != "to_queue"

    def visit_offered(self, contact: Contact, queue_id: str, visit_type: str, at: int) -> Visit:
        visit = Visit(contact.contact_id, contact.next_segment(), queue_id, visit_type, at)
        contact.visits.append(visit)
        return visit

    def visit_answered(self, visit: Visit, at: int) -> None:
        visit.answered_at = at
        self.visit_exited(visit, at, "answered")

    def visit_exited(self, visit: Visit, at: int, exit_reason: str) -> None:
        visit.exited_at = at
        visit.exit_reason = exit_reason

    def leg_connected(
        self,
        contact: Contact,
        segment_number: int,
        agent_id: str,
        leg_type: str,
        at: int,
        ring_seconds: int | None,
        is_direct: bool = False,
    ) -> Leg:
        team_id = self._profiles[agent_id].team_id_at(at)
        login_number = self._logins[agent_id]
        leg = Leg(
            contact.contact_id, segment_number, agent_id, team_id, leg_type, at, ring_seconds, login_number, is_direct
        )
        contact.legs.append(leg)
        return leg

    def leg_ended(self, leg: Leg, at: int, after_contact_work_seconds: int | None, disposition: str = "") -> None:
        leg.ended_at = leg.customer_ended_at = at
        leg.after_contact_work_seconds = after_contact_work_seconds
        leg.disposition = disposition

    def customer_stayed_until(self, leg: Leg, at: int) -> None:
        """The customer went on with somebody outside after the agent had left."""
        leg.customer_ended_at = at

    # Outbound

    def attempt_taken(self, attempt: Attempt, agent_id: str) -> None:
        """An agent dials, or takes the call that the dialer has made."""
        attempt.agent_id = agent_id
        attempt.team_id = self._profiles[agent_id].team_id_at(attempt.dialed_at)
        attempt.login_number = self._logins[agent_id]

    def outbound_contact_connected(self, attempt: Attempt, at: int) -> tuple[Contact, Leg]:
        """An agent and a customer are connected: only now is the attempt a contact."""
        contact_id = self.outbound.next_contact_id()
        contact = Contact(contact_id, attempt.dialed_at, attempt.customer_number, direction="outbound")
        self.contacts.append(contact)
        return contact, self.attempt_connected(attempt, contact, contact.next_segment(), at)

    def attempt_connected(self, attempt: Attempt, contact: Contact, segment_number: int, at: int) -> Leg:
        leg = self.leg_connected(contact, segment_number, attempt.agent_id, "customer", at, ring_seconds=None)
        leg.dial_seconds = attempt.dial_seconds
        attempt.leg = leg
        return leg

    # Agents

    def agent_entered(self, agent_id: str, state: str, reason: str, at: int, event_id: str) -> None:
        """An agent changed state. A log-out begins no span; a log-in ends a session that was left open."""
        previous = self._current_span.pop(agent_id, None)
        if previous is not None:
            previous.ended_at = min(at, _forgotten_end(previous)) if state == "LOGIN" else at
        if state != "LOGOUT":
            self._logins[agent_id] += state == "LOGIN"
            span = StateSpan(agent_id, state, reason, at, None, event_id, self._logins[agent_id])
            self._current_span[agent_id] = span
            self.spans.append(span)

    def close(self) -> None:
        """The simulation is over: sessions that are still open were never logged out of."""
        for span in self._current_span.values():
            span.ended_at = _forgotten_end(span)
        self._current_span.clear()

    def add(self, other: "Books") -> None:
        """Enter what another part of the center has kept."""
        self.contacts += other.contacts
        self.spans += other.spans
        self.messages += other.messages
        self.tickets += other.tickets
        self.work_sessions += other.work_sessions

    def of_telephone(self) -> "Books":
        """The part that is about calls, both ways, and the agents who take and make them."""
        return self._part(is_digital=False)

    def of_digital_channels(self) -> "Books":
        return self._part(is_digital=True)

    def _part(self, is_digital: bool) -> "Books":
        part = Books(self.config)
        agent_ids = {profile.agent_id for profile in self.config.only_agents(is_digital).agents}
        part.contacts = [c for c in self.contacts if (c.channel not in VOICE_CHANNELS) == is_digital]
        part.spans = [span for span in self.spans if span.agent_id in agent_ids]
        if is_digital:
            part.messages, part.tickets, part.work_sessions = self.messages, self.tickets, self.work_sessions
        else:
            part.outbound = self.outbound
        return part

    # Tables

    @property
    def visits(self) -> list[Visit]:
        return [visit for contact in self.contacts for visit in contact.visits]

    @property
    def legs(self) -> list[Leg]:
        return [leg for contact in self.contacts for leg in contact.legs]

    @property
    def sessions(self) -> list[SelfServiceSession]:
        return [contact.session for contact in self.contacts if contact.session]

    @property
    def ticket_states(self) -> list[TicketState]:
        return [state for ticket in self.tickets for state in ticket.states]

    @property
    def responses(self) -> list[Response]:
        """Bots do not answer, and internal notes neither. Who writes again waits from the first message on."""
        responses: list[Response] = []
        asked_at: dict[str, int] = {}
        responded: set[str] = set()
        for message in sorted(self.messages, key=lambda m: m.sent_at):  # in one second: in the order of writing
            if message.sender == "customer":
                asked_at.setdefault(message.contact_id, message.sent_at)
            elif message.sender == "agent" and message.is_public and message.contact_id in asked_at:
                responses.append(
                    Response(
                        message.contact_id,
                        asked_at.pop(message.contact_id),
                        message.sent_at,
                        message.agent_id,
                        message.contact_id not in responded,
                    )
                )
                responded.add(message.contact_id)
        return responses

    def queue_intervals(self) -> list[QueueInterval]:
        rows: dict[tuple[str, int], QueueInterval] = {}
        for contact in self.contacts:
            for visit in () if contact.is_excluded else contact.visits:
                if visit.visit_type == "callback":
                    continue
                key = (visit.queue_id, interval_start(visit.offered_at))
                rows.setdefault(key, QueueInterval(*key)).add(visit, contact.channel)
        return [rows[key] for key in sorted(rows)]

    def agent_intervals(self) -> list[AgentInterval]:
        rows: dict[tuple[str, int, str], AgentInterval] = {}

        def row(agent_id: str, team_id: str, at: int) -> AgentInterval:
            return rows.setdefault((agent_id, at, team_id), AgentInterval(agent_id, team_id, at))

        for span in self.spans:
            bucket = BUCKET_OF_STATE[span.state]
            for team_id, at, seconds in self._pieces(span.agent_id, span.started_at, span.ended_at):
                interval = row(span.agent_id, team_id, at)
                setattr(interval, bucket, getattr(interval, bucket) + seconds)
        for contact in self.contacts:
            is_excluded = contact.is_excluded
            for leg in contact.legs:
                for team_id, at, seconds in self._pieces(leg.agent_id, leg.started_at, leg.ended_at):
                    row(leg.agent_id, team_id, at).contact_seconds += seconds
                if leg.leg_type != "consult" and not is_excluded:
                    row(leg.agent_id, leg.team_id, interval_start(leg.connected_at)).handled_count += 1
        for attempt in self.outbound.attempts:
            if attempt.is_dialed_in_vain:
                for team_id, at, seconds in self._pieces(attempt.agent_id, attempt.dialed_at, attempt.ended_at):
                    row(attempt.agent_id, team_id, at).contact_seconds += seconds
        return [rows[key] for key in sorted(rows)]

    def _pieces(self, agent_id: str, started_at: int, ended_at: int):
        """Yield (team, interval start, seconds): the span cut at quarter hours and where the agent changed team."""
        for assignment in self._profiles[agent_id].assignments:
            piece_started_at = max(started_at, assignment.valid_from)
            piece_ended_at = min(ended_at, assignment.valid_to or ended_at)
            for at, seconds in split_by_interval(piece_started_at, piece_ended_at):
                yield assignment.team_id, at, seconds


def _forgotten_end(last_span: StateSpan) -> int:
    """Nothing is known after the last event, so the session gets a grace period and no more.

    The end of a leg is an event too, so the last event is the last evidence of life.
    """
    return last_span.started_at + FORGOTTEN_LOGOUT_GRACE_SECONDS
