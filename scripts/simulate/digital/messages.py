"""Messages: one log with growing ids, and the threads of SMS and social media that never end.

A customer who writes after 24 hours of silence in the thread begins a new contact, which is named after the message
that began it, because the source knows threads and no contacts.
"""

from dataclasses import dataclass
from random import Random

from simpy import Environment

from scripts.simulate.books import Books
from scripts.simulate.chance import exponential_seconds, happens, lognormal_seconds
from scripts.simulate.config import NEW_YORK, Config
from scripts.simulate.digital.desk import Desk, WorkItem
from scripts.simulate.digital.habits import MESSAGE_DAYS, MESSAGE_HOURS, MessageHabits
from scripts.simulate.digital.people import People, Person
from scripts.simulate.ledger import Contact, Message

QUEUE = "messaging"


class MessageLog:
    def __init__(self, books: Books):
        self._books = books
        self._messages = 0

    def next_id(self) -> str:
        return f"M{self._messages + 1:06d}"

    def sent(self, contact: Contact, thread_id: str, sender: str, queue_id: str, at: int, agent_id: str = "") -> None:
        message_id = self.next_id()
        self._messages += 1
        self._books.messages.append(Message(message_id, contact.contact_id, thread_id, sender, agent_id, queue_id, at))


@dataclass(eq=False)
class Thread:
    thread_id: str
    channel: str
    person: Person
    contact: Contact | None = None
    last_message_at: int | None = None
    work: WorkItem | None = None  # to be answered

    @property
    def handle(self) -> str:
        return self.person.number if self.channel == "sms" else self.person.handle


class Threads:
    def __init__(
        self,
        env: Environment,
        config: Config,
        habits: MessageHabits,
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
        self._answered: dict[str, object] = {}  # thread -> event of the next answer
        self.handles: dict[str, str] = {}  # thread -> how the source knows the customer

    def start(self) -> None:
        number = 0
        for channel, threads in self._habits.threads.items():
            planned = [contacts for contacts, count in threads.items() for _ in range(count)]
            self._rng.shuffle(planned)
            moments = self._people.moments(len(planned), NEW_YORK, MESSAGE_HOURS, MESSAGE_DAYS)
            for at, contacts in zip(moments, planned, strict=True):
                number += 1
                thread = Thread(f"S{number:05d}", channel, self._people.somebody())
                self.handles[thread.thread_id] = thread.handle
                self._env.process(self._live(thread, at, contacts))

    def _live(self, thread: Thread, starts_at: int, contacts: int):
        """The customer's side: asks, waits for the answer, perhaps writes back, and comes back days later."""
        rng, habits = self._rng, self._habits
        yield self._env.timeout(starts_at - self._env.now)
        for number in range(contacts):
            if number:
                yield self._env.timeout(self._rng.randint(*habits.next_contact_seconds))
            reason = self._people.reason().contact_reason
            for _ in range(habits.most_rounds + 1):
                answered = self._answered[thread.thread_id] = self._env.event()
                yield from self._customer_writes(thread, reason)
                if happens(rng, habits.second_message):
                    yield self._env.timeout(rng.randint(*habits.second_message_seconds))
                    if not answered.triggered:
                        yield from self._customer_writes(thread, reason)
                if not answered.triggered:
                    yield answered
                if happens(rng, habits.writes_back_next_day):
                    yield self._env.timeout(rng.randint(*habits.next_day_seconds))
                elif happens(rng, habits.writes_back):
                    yield self._env.timeout(
                        min(habits.next_day_seconds[1], exponential_seconds(rng, habits.writes_back_mean_seconds, 20))
                    )
                else:
                    break

    def _customer_writes(self, thread: Thread, reason: str):
        while thread.work is not None and thread.work.is_in_hand:
            yield self._env.timeout(20)  # an answer is being typed
        at = self._env.now
        silence = None if thread.last_message_at is None else at - thread.last_message_at
        if silence is None or silence >= self._habits.silence_seconds:
            thread.contact = Contact(
                self._log.next_id(), at, thread.handle, thread.person.customer_id, thread.channel,
                contact_reason=reason,
            )  # fmt: skip
            self._books.contacts.append(thread.contact)
            self._books.visit_offered(thread.contact, QUEUE, "inbound", at)
        self._send(thread, "customer")
        if thread.work is None:
            self._ask_for_work(thread)
            if not self._config.digital_queue(QUEUE).is_open(at):
                yield self._env.timeout(self._rng.randint(1, 4))
                self._send(thread, "bot")  # that it is closed, and when it opens

    def _ask_for_work(self, thread: Thread) -> None:
        seconds = lognormal_seconds(self._rng, self._habits.session_mean_seconds, 0.6, least=25)
        thread.work = WorkItem(
            "thread", thread.thread_id, QUEUE, self._env.now + self._habits.answer_within_seconds, seconds,
            contact=lambda: thread.contact,
            begun=lambda agent_id: None,
            finished=lambda agent_id: self._answer(thread, agent_id),
        )  # fmt: skip
        self._desk.add_work(thread.work)

    def _answer(self, thread: Thread, agent_id: str) -> None:
        thread.work = None
        visit = thread.contact.visits[0]
        if visit.answered_at is None:
            self._books.visit_answered(visit, self._env.now)
        self._send(thread, "agent", agent_id)
        answered = self._answered[thread.thread_id]
        if not answered.triggered:
            answered.succeed()

    def _send(self, thread: Thread, sender: str, agent_id: str = "") -> None:
        self._log.sent(thread.contact, thread.thread_id, sender, QUEUE, self._env.now, agent_id)
        thread.last_message_at = thread.contact.ended_at = self._env.now
