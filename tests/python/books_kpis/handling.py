"""How long the work on contacts takes, how they are handed on, and how tickets go."""

from dataclasses import dataclass
from functools import cache

from books_kpis.shelf import Share, Shelf, kpi, reference
from scripts.simulate.books import AgentInterval
from scripts.simulate.config import VOICE_CHANNELS
from scripts.simulate.customer_voice.tally import queue_of
from scripts.simulate.headline import busy_and_available
from scripts.simulate.ledger import Leg, Ticket

# A stretch of work on a message or ticket tells nothing about handing on.
CHANNELS_THAT_TELL_TRANSFERS = (*VOICE_CHANNELS, "chat")
TRANSFERS = ("blind", "warm")
DONE = ("solved", "closed", "spam")
WAITING_FOR_US = ("new", "open", "on_hold")
WAITING_FOR_THE_CUSTOMER = "pending"


# Legs


@dataclass(frozen=True)
class HandledLeg:
    leg: Leg
    channel: str
    channel_name: str
    queue_name: str
    team_name: str
    agent_name: str
    direction: str

    @property
    def connected(self) -> int:
        return self.leg.ended_at - self.leg.connected_at

    @property
    def busy(self) -> int:
        """Dialing inside."""
        return self.leg.ended_at - self.leg.started_at

    @property
    def hold(self) -> int | None:
        """Text has no hold."""
        return self.leg.hold_seconds if self.channel in VOICE_CHANNELS else None

    @property
    def after_contact_work(self) -> int | None:
        return self.leg.after_contact_work_seconds

    @property
    def tells_transfers(self) -> bool:
        return self.channel in CHANNELS_THAT_TELL_TRANSFERS

    @property
    def transfer_type(self) -> str:
        return self.leg.transfer_type


def handled_legs(shelf: Shelf) -> list[HandledLeg]:
    """Those with the customer, both ways."""
    return [
        HandledLeg(
            leg,
            contact.channel,
            shelf.channel_names[contact.channel],
            shelf.queue_names[queue_of(contact, leg)],
            shelf.team_names[leg.team_id],
            shelf.agent_names[leg.agent_id],
            contact.direction,
        )
        for contact in shelf.books.contacts
        for leg in contact.legs
        if leg.leg_type != "consult" and not contact.is_excluded
    ]


@kpi(handled_legs)
def contacts_handled(legs):
    return len(legs)


@kpi(handled_legs)
def average_handle_time(legs):
    return Share(
        sum(entry.leg.ended_at - entry.leg.started_at + (entry.after_contact_work or 0) for entry in legs), len(legs)
    )


@kpi(handled_legs)
def average_talk_time(legs):
    return Share(sum(entry.connected - (entry.hold or 0) for entry in legs), len(legs))


@kpi(handled_legs)
def average_hold_time(legs):
    holds = [entry.hold for entry in legs if entry.hold is not None]
    return Share(sum(holds), len(holds))


@kpi(handled_legs)
def average_hold_time_when_held(legs):
    holds = [entry.hold for entry in legs if entry.hold]
    return Share(sum(holds), len(holds))


@kpi(handled_legs)
def hold_rate(legs):
    holds = [entry.hold for entry in legs if entry.hold is not None]
    return Share(sum(hold > 0 for hold in holds), len(holds))


@kpi(handled_legs)
def average_after_contact_work_time(legs):
    work = [entry.after_contact_work for entry in legs if entry.after_contact_work is not None]
    return Share(sum(work), len(work))


def of_type(legs, types) -> Share:
    telling = [entry for entry in legs if entry.tells_transfers]
    return Share(sum(entry.transfer_type in types for entry in telling), len(telling))


@kpi(handled_legs)
def transfer_rate(legs):
    return of_type(legs, TRANSFERS)


@kpi(handled_legs)
def consult_rate(legs):
    return of_type(legs, ("consult",))


@kpi(handled_legs)
def conference_rate(legs):
    return of_type(legs, ("conference",))


@dataclass(frozen=True)
class ReachedContact:
    handoffs: int
    channel_name: str


def reached_contacts(shelf: Shelf) -> list[ReachedContact]:
    return [
        ReachedContact(
            sum(leg.transfer_type in TRANSFERS for leg in contact.legs), shelf.channel_names[contact.channel]
        )
        for contact in shelf.books.contacts
        if contact.direction == "inbound"
        and not contact.is_excluded
        and contact.channel in CHANNELS_THAT_TELL_TRANSFERS
        and contact.reached_agent
    ]


@kpi(reached_contacts)
def handoffs_per_contact(contacts):
    return Share(sum(contact.handoffs for contact in contacts), len(contacts))


# Quarter hours of agents


@dataclass(frozen=True)
class AgentQuarter:
    interval: AgentInterval
    team_name: str
    agent_name: str


def agent_quarters(shelf: Shelf) -> list[AgentQuarter]:
    return [
        AgentQuarter(row, shelf.team_names[row.team_id], shelf.agent_names[row.agent_id])
        for row in shelf.books.agent_intervals()
    ]


@kpi(agent_quarters)
def concurrency(quarters):
    return Share(sum(q.interval.contact_seconds for q in quarters), sum(q.interval.on_contact for q in quarters))


@kpi(agent_quarters)
def workload_handle_time(quarters):
    busy, _ = busy_and_available(q.interval for q in quarters)
    return Share(busy, sum(q.interval.handled_count for q in quarters))


# Answers in writing


@dataclass(frozen=True)
class Answer:
    """By a person, to a customer who waited for one."""

    seconds: int
    business_seconds: int
    is_first: bool
    ticket_id: str
    channel_name: str
    queue_name: str
    agent_name: str


def answers(shelf: Shelf) -> list[Answer]:
    """Those in conversations that are no spam; a ticket of a call is a conversation of its own."""
    tickets = {ticket.ticket_id: ticket for ticket in shelf.books.tickets}
    message_of = {(m.contact_id, m.sent_at, m.agent_id): m for m in shelf.books.messages if m.is_public}
    found = []
    for response in shelf.books.responses:
        message = message_of[response.contact_id, response.responded_at, response.agent_id]
        ticket, contact = tickets.get(message.thread_id), shelf.contacts[response.contact_id]
        if ticket.is_spam if ticket else contact.is_excluded:
            continue
        channel = ticket.channel if ticket else contact.channel
        found.append(
            Answer(
                response.responded_at - response.asked_at,
                shelf.business_seconds(message.queue_id, response.asked_at, response.responded_at),
                response.is_first,
                ticket.ticket_id if ticket else "",
                shelf.channel_names[channel],
                shelf.queue_names[message.queue_id],
                shelf.agent_names[message.agent_id],
            )
        )
    return found


@kpi(answers)
def average_first_response_time(given):
    first = [answer.seconds for answer in given if answer.is_first]
    return Share(sum(first), len(first))


@kpi(answers)
def average_response_time(given):
    return Share(sum(answer.seconds for answer in given), len(given))


# Tickets


class TicketLife:
    """A ticket, and how long it was in which status."""

    def __init__(self, ticket: Ticket, answer: Answer | None, shelf: Shelf):
        self.ticket = ticket
        self.answer = answer
        self.channel_name = shelf.channel_names[ticket.channel]
        self.queue_name = shelf.queue_names[ticket.queue_id]
        self.contact_reason_name = shelf.contact_reason_name(ticket.contact_reason)
        self.priority = ticket.priority or None
        self.states = ticket.states
        self.as_of = shelf.config.ends_at
        self._business_seconds = shelf.business_seconds

    @property
    def solutions(self) -> list[int]:
        """When it became solved, as often as it did."""
        done = [state.status in DONE for state in self.states]
        return [s.started_at for at, s in enumerate(self.states) if done[at] and (at == 0 or not done[at - 1])]

    @property
    def is_solved(self) -> bool:
        return bool(self.solutions)

    @property
    def is_done(self) -> bool:
        """And has not been reopened since."""
        return self.states[-1].status in DONE

    @property
    def resolution_seconds(self) -> int:
        return self.solutions[-1] - self.states[0].started_at

    def seconds_in(self, *statuses: str) -> int:
        spans = [(s.started_at, s.ended_at or self.as_of) for s in self.states if s.status in statuses]
        return sum(until - since for since, until in spans)

    def business_seconds_until(self, until: int) -> int:
        """In the hours of the queues that it was in."""
        return sum(
            self._business_seconds(state.queue_id, state.started_at, min(until, state.ended_at or self.as_of))
            for state in self.states
            if state.started_at < until
        )


def ticket_lives(shelf: Shelf) -> list[TicketLife]:
    first_answers = {answer.ticket_id: answer for answer in shelf.entries(answers) if answer.is_first}
    return [
        TicketLife(ticket, first_answers.get(ticket.ticket_id), shelf)
        for ticket in shelf.books.tickets
        if not ticket.is_spam
    ]


@kpi(ticket_lives)
def average_resolution_time(tickets):
    done = [life.resolution_seconds for life in tickets if life.is_done]
    return Share(sum(done), len(done))


@kpi(ticket_lives)
def reopen_rate(tickets):
    solved = [life for life in tickets if life.is_solved]
    return Share(sum(life.ticket.reopen_count > 0 for life in solved), len(solved))


@kpi(ticket_lives)
def one_touch_rate(tickets):
    solved = [life.ticket for life in tickets if life.is_solved]
    return Share(sum(ticket.reply_count == 1 and ticket.reopen_count == 0 for ticket in solved), len(solved))


@kpi(ticket_lives)
def replies_per_ticket(tickets):
    done = [life.ticket.reply_count for life in tickets if life.is_done]
    return Share(sum(done), len(done))


@kpi(ticket_lives)
def requester_wait_time(tickets):
    done = [life.seconds_in(*WAITING_FOR_US) for life in tickets if life.is_done]
    return Share(sum(done), len(done))


@kpi(ticket_lives)
def agent_wait_time(tickets):
    done = [life.seconds_in(WAITING_FOR_THE_CUSTOMER) for life in tickets if life.is_done]
    return Share(sum(done), len(done))


@kpi(ticket_lives)
def backlog(tickets):
    """At the end of the records."""
    return sum(not life.is_done for life in tickets)


@kpi(ticket_lives)
def ticket_sla_compliance(tickets):
    judged = [
        is_met for life in tickets for is_met in (first_reply_met(life), resolution_met(life)) if is_met is not None
    ]
    return Share(sum(judged), len(judged))


def first_reply_met(life: TicketLife) -> bool | None:
    """None while it is not decided, and where nobody owes a reply: to an own ticket, or without a target."""
    target = sla_targets().get((life.ticket.channel, life.ticket.priority))
    if target is None or life.ticket.is_opened_by_agent:
        return None
    if life.answer:
        return life.answer.business_seconds <= target[0]
    until = life.solutions[0] if life.is_solved else life.as_of
    return False if life.business_seconds_until(until) > target[0] else None


def resolution_met(life: TicketLife) -> bool | None:
    target = sla_targets().get((life.ticket.channel, life.ticket.priority))
    if target is None:
        return None
    if life.is_solved:
        return life.business_seconds_until(life.solutions[0]) <= target[1]
    return False if life.business_seconds_until(life.as_of) > target[1] else None


@cache
def sla_targets() -> dict[tuple[str, str], tuple[int, int]]:
    """Seconds to the first reply and to the solution; the list has one version of each."""
    return {
        (row["channel_code"], row["priority"]): (
            int(row["first_reply_target_seconds"]),
            int(row["resolution_target_seconds"]),
        )
        for row in reference("ticket_sla_policies")
    }
