"""Callbacks: callers who leave the queue and are called when an agent is free, up to three times."""

from random import Random

from simpy import Environment

from scripts.simulate.books import Books
from scripts.simulate.chance import happens, pick
from scripts.simulate.config import Config
from scripts.simulate.ledger import Contact, Visit
from scripts.simulate.model import Queue
from scripts.simulate.outbound.books import Attempt
from scripts.simulate.outbound.model import CallbackHabits, DialerHabits
from scripts.simulate.routing import Router


class Callbacks:
    def __init__(
        self,
        env: Environment,
        config: Config,
        habits: CallbackHabits,
        dialing: DialerHabits,
        router: Router,
        books: Books,
        offers_rng: Random,
        dialing_rng: Random,
    ):
        self._env = env
        self._config = config
        self._habits = habits
        self._dialing = dialing
        self._router = router
        self._books = books
        self._offers = offers_rng
        self._rng = dialing_rng

    def asks_after_seconds(self, contact: Contact, queue: Queue) -> int | None:
        """After which wait the caller accepts to be called back; None when not offered or not wanted."""
        habits, now = self._habits, self._env.now
        if queue.queue_id not in habits.queue_ids or contact.was_called_back or not contact.customer_number:
            return None
        is_in_time = (
            queue.is_open(now + habits.last_offer_before_closing_seconds)
            and now + habits.last_offer_before_end_seconds < self._config.ends_at
        )
        if not happens(self._offers, habits.accepts_probability) or not is_in_time:
            return None
        return habits.offered_after_seconds + self._offers.randint(*habits.decides_seconds)

    def reach(self, contact: Contact, visit: Visit):
        """Call the customer back. Its value is (agent, attempt), or None when nobody could be reached."""
        habits = self._habits
        for attempt_number, reached_probability in enumerate(habits.reached_probability, start=1):
            delay = habits.first_attempt_seconds if attempt_number == 1 else habits.next_attempt_seconds
            yield self._env.timeout(self._rng.randint(*delay))
            agent = yield from self._free_agent(visit)
            if agent is None:
                return None
            attempt = self._books.outbound.dialed(
                self._env.now, contact.customer_number, attempt_number, callback_contact_id=contact.contact_id
            )
            self._books.attempt_taken(attempt, agent.agent_id)
            agent.take_outbound_call()
            if happens(self._rng, reached_probability):
                yield self._env.timeout(self._rng.randint(*self._dialing.pick_up_seconds))
                return agent, attempt
            yield from self._hear_nobody(attempt)
            agent.release(0)
        return None

    def _free_agent(self, visit: Visit):
        """Its value is an agent, or None after too long. Callers go first: nobody waits for an idle agent."""
        queue = self._config.queue(visit.queue_id)
        while self._env.now < visit.offered_at + self._habits.given_up_after_seconds:
            agent = self._router.seize_idle(visit.queue_id) if queue.is_open(self._env.now) else None
            if agent is not None:
                return agent
            yield self._env.timeout(self._habits.looks_every_seconds)
        return None

    def _hear_nobody(self, attempt: Attempt):
        result = pick(self._rng, self._habits.missed)
        if result == "MACHINE":
            yield self._env.timeout(self._rng.randint(*self._dialing.pick_up_seconds))
            attempt.answered_at = self._env.now
            yield self._env.timeout(self._rng.randint(*self._dialing.machine_seconds))
        else:
            seconds = self._dialing.busy_seconds if result == "BUSY" else self._dialing.no_answer_seconds
            yield self._env.timeout(self._rng.randint(*seconds))
        self._books.outbound.ended(attempt, self._env.now, result)
