"""The voice menu: greets, asks for the reason, and may settle the matter itself."""

from random import Random

from simpy import Environment

from scripts.simulate.books import Books
from scripts.simulate.chance import exponential_seconds, happens, lognormal_seconds
from scripts.simulate.habits import IvrBehavior
from scripts.simulate.ledger import Contact
from scripts.simulate.model import Reason


class Ivr:
    def __init__(self, env: Environment, behavior: IvrBehavior, books: Books, rng: Random):
        self._env = env
        self._behavior = behavior
        self._books = books
        self._rng = rng

    def run(self, contact: Contact, reason: Reason, wants_agent: bool):
        """One session. Its value is the outcome: contained, hung_up or to_queue."""
        behavior, rng = self._behavior, self._rng
        self._books.session_started(contact, self._env.now)
        if not wants_agent and happens(rng, behavior.hangs_up_in_greeting):
            yield self._env.timeout(rng.randint(1, behavior.greeting_seconds[1]))
            return self._end(contact, "hung_up")
        yield self._env.timeout(rng.randint(*behavior.greeting_seconds))
        contact.contact_reason = reason.contact_reason
        yield self._env.timeout(lognormal_seconds(rng, behavior.menu_mean_seconds, 0.6, least=4))
        if wants_agent:
            return self._end(contact, "to_queue")
        if happens(rng, behavior.hangs_up_in_menu):
            return self._end(contact, "hung_up")
        if happens(rng, reason.self_service_probability):
            yield self._env.timeout(exponential_seconds(rng, behavior.self_service_mean_seconds, least=12))
            return self._end(contact, "contained")
        return self._end(contact, "to_queue")

    def _end(self, contact: Contact, outcome: str) -> str:
        self._books.session_ended(contact, self._env.now, outcome)
        return outcome
