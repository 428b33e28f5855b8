"""Chats: a bot greets, settles the matter or hands over; an agent of the queue writes with the customer, and leaves."""

from random import Random

from simpy import Environment

from scripts.simulate.books import Books
from scripts.simulate.chance import exponential_seconds, happens, lognormal_seconds, pick
from scripts.simulate.config import Config
from scripts.simulate.digital.agents import DigitalAgent
from scripts.simulate.digital.desk import Desk
from scripts.simulate.digital.habits import CHAT_DAYS, CHAT_HOURS, DAY, HOUR, ChatHabits
from scripts.simulate.digital.messages import MessageLog
from scripts.simulate.digital.people import People, Person
from scripts.simulate.ledger import Contact, Leg, Visit
from scripts.simulate.model import Reason

QUEUE_OF_MARKET = {"us": "chat_service", "ireland": "chat_ireland"}
OTHER_QUEUE = {"chat_service": "chat_ireland", "chat_ireland": "chat_service"}


class Chats:
    def __init__(
        self,
        env: Environment,
        config: Config,
        habits: ChatHabits,
        people: People,
        desk: Desk,
        log: MessageLog,
        books: Books,
        rng: Random,
    ):
        self._env = env
        self._config = config
        self._habits = habits
        self._people = people
        self._desk = desk
        self._log = log
        self._books = books
        self._rng = rng
        self._chats = 0

    def start(self, calls: list[Contact]) -> None:
        for market, number in self._habits.first_chats.items():
            for at in self._people.moments(number, self._people.market(market).time_zone, CHAT_HOURS, CHAT_DAYS):
                self._env.process(self._chat(at, self._people.somebody(market), self._people.reason()))
        self._start_surges()
        self._start_before_closing()
        self._start_after_calls(calls)

    def _start_surges(self) -> None:
        """Where the telephone has a surge, many write instead."""
        for surge in self._config.surges:
            for _ in range(round(surge.calls * self._habits.chats_per_surge_call)):
                at = surge.starts_at + self._rng.randint(0, surge.lasts_seconds)
                reason = self._config.reason(surge.contact_reason)
                self._env.process(self._chat(at, self._people.somebody("us"), reason, cause=surge.event_id))

    def _start_before_closing(self) -> None:
        """Some come in the last minutes, when the agents finish what they have."""
        calendar = self._config.digital_queue(QUEUE_OF_MARKET["us"]).calendar
        noons = range(self._config.opens_at + DAY // 2, self._config.ends_at, DAY)
        for noon in self._rng.sample([at for at in noons if calendar.is_open(at)], self._habits.last_minute_chats):
            at = calendar.closes_after(noon) - self._rng.randint(100, 330)
            self._env.process(self._chat(at, self._people.somebody("us"), self._people.reason()))

    def _start_after_calls(self, calls: list[Contact]) -> None:
        """Some who were not helped by telephone try it in writing, while somebody is there."""
        tried = []
        for call in calls:
            at = call.ended_at + self._rng.randint(*self._habits.chats_again_seconds)
            is_unsolved = any(leg.disposition == "NOT_RESOLVED" for leg in call.legs) and call.customer_number
            if is_unsolved and self._config.digital_queue(QUEUE_OF_MARKET[market_of(call)]).is_open(at):
                tried.append((at, call))
        for at, call in self._rng.sample(tried, min(len(tried), self._habits.chats_after_calls)):
            person = Person(call.customer_id, call.customer_number, market_of(call))
            reason = self._config.reason(call.contact_reason) if call.contact_reason else self._people.reason()
            self._env.process(self._chat(at, person, reason, call.contact_id))

    def _chat(self, at: int, person: Person, reason: Reason, previous_contact_id: str = "", cause: str = ""):
        if at >= self._config.ends_at - HOUR:
            return
        yield self._env.timeout(at - self._env.now)
        self._chats += 1
        known_as = person.customer_id if happens(self._rng, self._habits.known_share) else ""
        contact = Contact(
            f"H{self._chats:06d}", at, known_as, person.customer_id, "chat", previous_contact_id=previous_contact_id
        )
        contact.cause = cause
        self._books.contacts.append(contact)
        outcome = yield from self._bot(contact, reason)
        if outcome == "to_queue":
            yield from self._queue(contact, QUEUE_OF_MARKET[person.market])
        contact.ended_at = self._env.now
        unsolved = bool(contact.legs) and contact.legs[-1].disposition == "NOT_RESOLVED"
        if unsolved and happens(self._rng, self._habits.chats_again_when_unsolved):
            again_at = self._env.now + self._rng.randint(*self._habits.chats_again_seconds)
            if self._config.digital_queue(QUEUE_OF_MARKET[person.market]).is_open(again_at):
                self._env.process(self._chat(again_at, person, reason, contact.contact_id, cause))

    # The bot

    def _bot(self, contact: Contact, reason: Reason):
        rng, habits = self._rng, self._habits
        self._books.session_started(contact, self._env.now)
        self._say(contact, "customer")
        yield self._env.timeout(rng.randint(1, 3))
        self._say(contact, "bot")
        yield self._env.timeout(lognormal_seconds(rng, 25, 0.7, least=4))
        if happens(rng, habits.leaves_bot):
            return self._leave_bot(contact, "left")
        contact.contact_reason = reason.contact_reason
        self._say(contact, "customer")
        yield self._env.timeout(rng.randint(1, 4))
        self._say(contact, "bot")
        if happens(rng, habits.contained):
            yield self._env.timeout(exponential_seconds(rng, 70, least=10))
            return self._leave_bot(contact, "contained")
        yield self._env.timeout(rng.randint(3, 25))
        return self._leave_bot(contact, "to_queue")

    def _leave_bot(self, contact: Contact, outcome: str) -> str:
        self._books.session_ended(contact, self._env.now, outcome)
        return outcome

    # The queue

    def _queue(self, contact: Contact, queue_id: str, visit_type: str = "inbound"):
        visit = self._books.visit_offered(contact, queue_id, visit_type, self._env.now)
        queue = self._config.digital_queue(queue_id)
        turned_away = "closed" if not queue.is_open(self._env.now) else ""
        if not turned_away and not self._desk.has_agents(queue_id):
            turned_away = "no_agents"
        if turned_away:
            yield self._env.timeout(self._rng.randint(1, 8))
            self._books.visit_exited(visit, self._env.now, turned_away)
            return
        limits = [
            (self._habits.most_wait_seconds, "timeout"),
            (queue.calendar.closes_after(self._env.now) - self._env.now, "closed"),
            (self._patience_seconds(), "abandoned"),
        ]
        seconds, exit_reason = min(limits)
        waiting = self._desk.chat_entered(visit)
        yield waiting.taken | self._env.timeout(seconds)
        if not waiting.taken.triggered:
            self._desk.withdraw(waiting)
            self._books.visit_exited(visit, self._env.now, exit_reason)
            return
        yield from self._write(contact, visit, waiting.taken.value)

    def _patience_seconds(self) -> int:
        if happens(self._rng, self._habits.gives_up_at_once):
            return self._rng.randint(1, 4)
        return lognormal_seconds(self._rng, self._habits.patience_mean_seconds, self._habits.patience_spread)

    # With an agent

    def _write(self, contact: Contact, visit: Visit, agent: DigitalAgent):
        rng, habits = self._rng, self._habits
        leg = self._books.leg_connected(contact, visit.segment_number, agent.agent_id, "customer", self._env.now, None)
        leg.hold_seconds = None
        ends_at = self._env.now + lognormal_seconds(
            rng, habits.length_mean_seconds * agent.personality.pace, habits.length_spread, least=60, most=3300
        )
        yield self._env.timeout(rng.randint(*habits.first_message_seconds) * max(1, agent.chats))
        self._books.visit_answered(visit, self._env.now)
        self._say(contact, "agent", visit.queue_id, agent)
        vanishes = happens(rng, habits.customer_vanishes)
        while self._env.now < ends_at:
            yield self._env.timeout(lognormal_seconds(rng, habits.customer_writes_in_mean_seconds, 0.7, least=5))
            if vanishes and happens(rng, 0.35):
                yield self._env.timeout(habits.gives_up_on_customer_seconds)
                break
            self._say(contact, "customer", visit.queue_id)
            slower = 1 + habits.slower_per_other_chat * (agent.chats - 1)
            mean = habits.agent_writes_in_mean_seconds * slower * agent.personality.pace
            yield self._env.timeout(lognormal_seconds(rng, mean, 0.6, least=6))
            self._say(contact, "agent", visit.queue_id, agent)
        yield self._env.timeout(rng.randint(4, 40))
        target = OTHER_QUEUE[visit.queue_id]
        hands_on = visit.visit_type == "inbound" and happens(rng, habits.hands_on)
        if hands_on and self._config.digital_queue(target).is_open(self._env.now):
            leg.transfer_type = "blind"
            leg.transfer_reason = pick(rng, self._config.conversations.transfer_reasons)
            self._leave(leg, agent, "FOLLOW_UP")
            yield from self._queue(contact, target, "transfer")
            return
        self._leave(leg, agent, pick(rng, habits.dispositions))
        yield self._env.timeout(rng.randint(0, 25))  # the customer closes the window
        leg.customer_ended_at = self._env.now

    def _leave(self, leg: Leg, agent: DigitalAgent, disposition: str) -> None:
        self._books.leg_ended(leg, self._env.now, agent.chat_left(), disposition)

    def _say(self, contact: Contact, sender: str, queue_id: str = "", agent: DigitalAgent | None = None) -> None:
        agent_id = agent.agent_id if agent else ""
        self._log.sent(contact, contact.contact_id, sender, queue_id, self._env.now, agent_id)


def market_of(call: Contact) -> str:
    return call.customer_id.rsplit("-", 1)[0]
