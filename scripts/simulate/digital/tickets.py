"""Tickets: mail, forms and fax, from the first message until they are solved; and those opened for a call."""

from random import Random

from simpy import Environment

from scripts.simulate.books import Books
from scripts.simulate.chance import exponential_seconds, happens, lognormal_seconds, pick
from scripts.simulate.config import NEW_YORK, Config
from scripts.simulate.digital.desk import Desk, WorkItem
from scripts.simulate.digital.habits import (
    DAY,
    HOUR,
    MAIL_DAYS,
    MAIL_HOURS,
    OFFICE_DAYS,
    OFFICE_HOURS,
    TicketHabits,
)
from scripts.simulate.digital.people import People
from scripts.simulate.ledger import Contact, Message, Ticket, TicketEvent, Visit

MAIL, BACK_OFFICE = "customer_mail", "back_office"
OTHER_QUEUE = {MAIL: BACK_OFFICE, BACK_OFFICE: MAIL}
FAX_NUMBERS = tuple(f"+1-914-555-{number:04d}" for number in range(110, 150))


class Tickets:
    def __init__(
        self,
        env: Environment,
        config: Config,
        habits: TicketHabits,
        people: People,
        desk: Desk,
        books: Books,
        rng: Random,
    ):
        self._env = env
        self._config = config
        self._habits = habits
        self._people = people
        self._desk = desk
        self._books = books
        self._rng = rng
        self._events = 0

    def start(self, calls: list[Contact]) -> None:
        for channel, number in self._habits.volumes.items():
            is_fax = channel == "fax"
            hours, days = (OFFICE_HOURS, OFFICE_DAYS) if is_fax else (MAIL_HOURS, MAIL_DAYS)
            last_day = self._habits.created_on_last_day if channel == "email" else 0
            moments = self._people.moments(number - last_day, NEW_YORK, hours, days)
            moments += [self._config.ends_at - self._rng.randint(HOUR, 10 * HOUR) for _ in range(last_day)]
            for at in moments:
                self._env.process(self._arrive(at, channel))
        for at in self._people.moments(self._habits.spam, NEW_YORK, MAIL_HOURS, MAIL_DAYS):
            self._env.process(self._arrive(at, "email", is_spam=True))
        self._start_after_calls(calls)

    # Creation

    def _arrive(self, at: int, channel: str, is_spam: bool = False):
        yield self._env.timeout(at - self._env.now)
        habits, rng = self._habits, self._rng
        person = self._people.somebody()
        is_known = not is_spam and happens(rng, habits.known_share[channel])
        requester = rng.choice(FAX_NUMBERS) if channel == "fax" else person.email
        if is_spam:
            requester = f"offers{rng.randint(1, 12):02d}@bulk.example.com"
        ticket = Ticket(
            self._next_id(), "", channel, requester, person.customer_id if is_known else "",
            "" if is_spam else self._people.reason().contact_reason, pick(rng, habits.priorities), at,
            tried_self_service=pick(rng, {"": 0.7, "yes": 0.2, "no": 0.1}),
        )  # fmt: skip
        contact = Contact(
            ticket.ticket_id, at, requester, person.customer_id, channel, contact_reason=ticket.contact_reason
        )
        ticket.contact_id = contact.contact_id
        self._books.tickets.append(ticket)
        self._books.contacts.append(contact)
        self._write(ticket, "created")
        self._message(ticket, "customer")
        queue_id = BACK_OFFICE if channel == "fax" else pick(rng, {MAIL: 0.72, BACK_OFFICE: 0.28})
        visit = self._route(ticket, contact, queue_id, "inbound")
        self._books.messages[-1].queue_id = queue_id  # that of the same second
        seconds = rng.randint(15, 45) if is_spam else self._work_seconds(ticket)
        work = self._ask_for_work(ticket, contact, seconds, is_spam)
        if not is_spam and happens(rng, habits.moved_by_rule):
            yield self._env.timeout(rng.randint(300, 1800))
            if ticket.status == "new" and not work.is_in_hand:
                self._desk.drop_work(work)
                self._books.visit_exited(visit, self._env.now, "overflow_queue")
                self._route(ticket, contact, OTHER_QUEUE[queue_id], "inbound")
                self._ask_for_work(ticket, contact, seconds)
        elif not is_spam and happens(rng, habits.chases):
            yield self._env.timeout(rng.randint(*habits.chases_after_seconds))
            if ticket.status in ("new", "open"):
                self._write(ticket, "customer_message")
                self._message(ticket, "customer")

    def _next_id(self) -> str:
        return f"T{len(self._books.tickets) + 1:06d}"

    def _work_seconds(self, ticket: Ticket, share: float = 1.0) -> int:
        mean = self._habits.work_mean_seconds[ticket.channel] * share
        return lognormal_seconds(self._rng, mean, self._habits.work_spread, least=25, most=3600)

    def _route(self, ticket: Ticket, contact: Contact, queue_id: str, visit_type: str, agent_id: str = "") -> Visit:
        ticket.queue_id = queue_id
        self._write(ticket, "queue", queue_id, agent_id)
        return self._books.visit_offered(contact, queue_id, visit_type, self._env.now)

    # Work

    def _ask_for_work(self, ticket: Ticket, contact: Contact, seconds: int, is_spam: bool = False) -> WorkItem:
        def begun(agent_id: str) -> None:
            if ticket.status == "new":
                self._set_status(ticket, "open", agent_id)

        def finished(agent_id: str) -> None:
            if is_spam:
                self._set_status(ticket, "spam", agent_id)
                contact.is_spam = True
                self._end(contact)
            else:
                self._decide(ticket, contact, agent_id)

        deadline = self._env.now + self._habits.answer_within_seconds[ticket.priority]
        work = WorkItem(
            "ticket", ticket.ticket_id, ticket.queue_id, deadline, seconds, lambda: contact, begun, finished
        )
        self._desk.add_work(work)
        return work

    def _decide(self, ticket: Ticket, contact: Contact, agent_id: str) -> None:
        """What comes of a ticket that the agent has worked on."""
        habits, rng = self._habits, self._rng
        if happens(rng, habits.writes_note):
            self._note(ticket, agent_id)
        was_answered = any(visit.answered_at for visit in contact.visits)
        is_first_visit = len(contact.visits) == 1
        if not was_answered and is_first_visit and happens(rng, habits.without_reply[ticket.channel]):
            self._solve(ticket, contact, agent_id)
            return
        if is_first_visit and happens(rng, habits.moved_by_agent):
            self._hand_on(ticket, contact, agent_id)
            return
        if happens(rng, habits.waits_for_third_party):
            self._note(ticket, agent_id)
            self._set_status(ticket, "on_hold", agent_id)
            self._env.process(self._third_party(ticket, contact))
            return
        self._reply(ticket, contact, agent_id)
        if happens(rng, habits.asks_customer):
            self._set_status(ticket, "pending", agent_id)
            self._env.process(self._asked(ticket, contact))
        else:
            self._solve(ticket, contact, agent_id)
            self._env.process(self._after_solved(ticket, contact))

    def _hand_on(self, ticket: Ticket, contact: Contact, agent_id: str) -> None:
        visit = contact.visits[-1]
        if visit.exited_at is None:
            self._books.visit_exited(visit, self._env.now, "overflow_queue")
        ticket.assigned_agent_id = ""
        self._route(ticket, contact, OTHER_QUEUE[ticket.queue_id], "transfer", agent_id)
        self._ask_for_work(ticket, contact, self._work_seconds(ticket))

    def _note(self, ticket: Ticket, agent_id: str) -> None:
        self._write(ticket, "internal_note", agent_id=agent_id)
        self._message(ticket, "agent", agent_id, is_public=False)

    def _reply(self, ticket: Ticket, contact: Contact, agent_id: str) -> None:
        self._write(ticket, "agent_reply", agent_id=agent_id)
        self._message(ticket, "agent", agent_id)
        if contact.visits[-1].exited_at is None:
            self._books.visit_answered(contact.visits[-1], self._env.now)

    def _solve(self, ticket: Ticket, contact: Contact, agent_id: str = "") -> None:
        self._set_status(ticket, "solved", agent_id)
        self._end(contact)
        if contact.visits[-1].exit_reason == "solved_without_reply":
            self._env.process(self._after_solved(ticket, contact, may_reopen=False))

    def _end(self, contact: Contact) -> None:
        contact.ended_at = self._env.now
        if contact.visits[-1].exited_at is None:
            self._books.visit_exited(contact.visits[-1], self._env.now, "solved_without_reply")

    # The others

    def _third_party(self, ticket: Ticket, contact: Contact):
        yield self._env.timeout(exponential_seconds(self._rng, self._habits.third_party_mean_seconds, least=HOUR))
        self._reopen(ticket, contact)

    def _asked(self, ticket: Ticket, contact: Contact):
        habits, rng = self._habits, self._rng
        if happens(rng, habits.customer_answers):
            yield self._env.timeout(
                min(habits.gives_up_on_customer_seconds - HOUR,
                    exponential_seconds(rng, habits.customer_answers_mean_seconds, least=600))
            )  # fmt: skip
            self._customer_writes(ticket, contact)
        else:
            yield self._env.timeout(habits.gives_up_on_customer_seconds)
            self._solve(ticket, contact)
            yield from self._after_solved(ticket, contact)

    def _after_solved(self, ticket: Ticket, contact: Contact, may_reopen: bool = True):
        habits, rng = self._habits, self._rng
        reopens_after = exponential_seconds(rng, habits.reopens_mean_seconds, least=900)
        if may_reopen and happens(rng, habits.reopens) and reopens_after < habits.closes_after_seconds:
            yield self._env.timeout(reopens_after)
            contact.ended_at = None
            self._customer_writes(ticket, contact)
        else:
            yield self._env.timeout(habits.closes_after_seconds)
            self._set_status(ticket, "closed")

    def _customer_writes(self, ticket: Ticket, contact: Contact) -> None:
        self._write(ticket, "customer_message")
        self._message(ticket, "customer")
        self._reopen(ticket, contact)

    def _reopen(self, ticket: Ticket, contact: Contact) -> None:
        self._set_status(ticket, "open")
        self._ask_for_work(ticket, contact, self._work_seconds(ticket, self._habits.later_work_share))

    # Tickets of calls: the agent of the call writes them, and finishes them without the digital teams

    def _start_after_calls(self, calls: list[Contact]) -> None:
        suitable = [
            call
            for call in calls
            if call.customer_number and call.legs and call.contact_reason and not call.is_excluded
            and call.legs[-1].leg_type == "customer" and call.ended_at < self._config.ends_at - 2 * DAY
        ]  # fmt: skip
        chosen = self._rng.sample(suitable, self._habits.phone_tickets)
        for number, call in enumerate(chosen):
            has_id = number < self._habits.phone_tickets_with_external_id
            self._env.process(self._phone_ticket(call, call.contact_id if has_id else ""))

    def _phone_ticket(self, call: Contact, external_id: str):
        rng = self._rng
        yield self._env.timeout(call.ended_at + rng.randint(8, 290) - self._env.now)
        agent_id = call.legs[-1].agent_id
        is_known = happens(rng, self._habits.known_share["phone"])
        ticket = Ticket(
            self._next_id(), call.contact_id, "phone", call.customer_number, call.customer_id if is_known else "",
            call.contact_reason, pick(rng, {"normal": 0.8, "high": 0.2}), self._env.now, agent_id, external_id,
        )  # fmt: skip
        self._books.tickets.append(ticket)
        self._write(ticket, "created", agent_id=agent_id)
        ticket.queue_id = BACK_OFFICE
        self._write(ticket, "queue", BACK_OFFICE, agent_id)
        yield self._env.timeout(rng.randint(15, 60))
        self._note(ticket, agent_id)
        if happens(rng, 0.6):
            yield self._env.timeout(rng.randint(40, 200))
        else:
            self._set_status(ticket, "open", agent_id)
            yield self._env.timeout(rng.randint(22 * HOUR, 26 * HOUR))
        self._write(ticket, "agent_reply", agent_id=agent_id)
        self._message(ticket, "agent", agent_id)
        self._set_status(ticket, "solved", agent_id)
        yield self._env.timeout(self._habits.closes_after_seconds)
        self._set_status(ticket, "closed")

    # What the books learn

    def _set_status(self, ticket: Ticket, status: str, agent_id: str = "") -> None:
        ticket.status = status
        self._write(ticket, "status", status, agent_id)

    def _write(self, ticket: Ticket, event_type: str, value: str = "", agent_id: str = "") -> None:
        """Whoever acts on a ticket has it from then on; who routes it keeps it or has let it go."""
        if agent_id and event_type != "queue":
            ticket.assigned_agent_id = agent_id
        self._events += 1
        ticket.events.append(
            TicketEvent(
                f"V{self._events:06d}", ticket.ticket_id, self._env.now, event_type, value, agent_id,
                ticket.assigned_agent_id,
            )
        )  # fmt: skip

    def _message(self, ticket: Ticket, sender: str, agent_id: str = "", is_public: bool = True) -> None:
        """The message of the event just written."""
        self._books.messages.append(
            Message(
                ticket.events[-1].event_id, ticket.contact_id, ticket.ticket_id, sender, agent_id, ticket.queue_id,
                self._env.now, is_public,
            )
        )  # fmt: skip
