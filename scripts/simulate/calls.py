"""One inbound call from the first ring to the last goodbye."""

from dataclasses import dataclass
from random import Random

from simpy import Environment

from scripts.simulate.agents import Agent
from scripts.simulate.books import Books
from scripts.simulate.chance import happens, lognormal_seconds
from scripts.simulate.clock import DAY_SECONDS
from scripts.simulate.config import Config
from scripts.simulate.conversations import Conversations, Handoff
from scripts.simulate.ivr import Ivr
from scripts.simulate.ledger import Contact, Visit
from scripts.simulate.model import Queue, Reason
from scripts.simulate.outbound.callbacks import Callbacks
from scripts.simulate.routing import Router
from scripts.simulate.trunks import Trunks


@dataclass(frozen=True)
class Intent:
    """Why somebody calls, and how."""

    customer_number: str  # empty when withheld
    reason: Reason
    is_direct: bool = False  # dials an agent's own extension
    is_test: bool = False
    customer_id: str = ""
    channel: str = "phone"


class CallDesk:
    """The processes a call passes through, in the order in which it does."""

    def __init__(
        self,
        env: Environment,
        config: Config,
        trunks: Trunks,
        ivr: Ivr,
        router: Router,
        conversations: Conversations,
        callbacks: Callbacks,
        books: Books,
        rng: Random,
    ):
        self._env = env
        self._config = config
        self._trunks = trunks
        self._ivr = ivr
        self._router = router
        self._conversations = conversations
        self._callbacks = callbacks
        self._books = books
        self._rng = rng

    def take(self, intent: Intent):
        """Run one call. Its value is the finished contact."""
        contact = self._books.contact_started(self._env.now, intent.customer_number, intent.is_test, intent.customer_id)
        contact.channel = intent.channel
        if not self._trunks.seize():
            self._books.contact_blocked(contact)
            return contact
        agent = self._router.seize_any_idle() if intent.is_direct else None
        if agent is not None:
            yield from self._direct_call(contact, agent)
        else:
            outcome = yield from self._ivr.run(contact, intent.reason, wants_agent=intent.is_test)
            if outcome == "to_queue":
                yield from self._queued_call(contact, intent.reason.queue_id)
        if not contact.was_called_back:
            self._trunks.release()
        self._books.contact_ended(contact, self._env.now)
        return contact

    def _direct_call(self, contact: Contact, agent: Agent):
        segment_number = contact.next_segment()
        connected, ring_seconds = agent.ring_for_colleague()
        yield connected
        leg = self._books.leg_connected(
            contact, segment_number, agent.agent_id, "customer", self._env.now, ring_seconds, is_direct=True
        )
        own_queue = min(agent.skills, key=agent.skills.get)
        handoff = yield from self._conversations.converse(contact, leg, agent, own_queue, handoffs=0)
        if handoff:
            yield from self._after_handoff(contact, handoff, handoffs=1)

    def _queued_call(
        self, contact: Contact, queue_id: str, visit_type: str = "inbound", handoffs: int = 0, may_overflow: bool = True
    ):
        """One visit to a queue and everything that follows from it."""
        queue = self._config.queue(queue_id)
        visit = self._books.visit_offered(contact, queue_id, visit_type, self._env.now)
        turned_away = self._turned_away(queue)
        if turned_away:
            yield self._env.timeout(self._rng.randint(*self._config.ivr.closed_message_seconds))
            self._books.visit_exited(visit, self._env.now, turned_away)
            return
        answer = yield from self._wait(contact, visit, queue, may_overflow)
        if answer is not None:
            agent, ring_seconds = answer
            leg = self._books.leg_connected(
                contact, visit.segment_number, agent.agent_id, "customer", self._env.now, ring_seconds
            )
            handoff = yield from self._conversations.converse(contact, leg, agent, queue_id, handoffs)
            if handoff:
                yield from self._after_handoff(contact, handoff, handoffs + 1)
        elif visit.exit_reason in ("overflow_queue", "key_exit") and queue.overflow_to:
            # The customer was not handed on by an agent, so this is no transfer.
            yield from self._queued_call(contact, queue.overflow_to, visit_type, handoffs, may_overflow=False)
        elif visit.exit_reason == "callback_requested":
            yield from self._call_back(contact, queue_id, handoffs)

    def _call_back(self, contact: Contact, queue_id: str, handoffs: int):
        """The customer hangs up and stays the same contact, which ends when we have called, in vain or not."""
        self._trunks.release()
        visit = self._books.visit_offered(contact, queue_id, "callback", self._env.now)
        reached = yield from self._callbacks.reach(contact, visit)
        if reached is None:
            self._books.visit_exited(visit, self._env.now, "callback_failed")
            return
        agent, attempt = reached
        attempt.answered_at = self._env.now
        attempt.dial_seconds = self._env.now - attempt.dialed_at
        self._books.visit_answered(visit, self._env.now)
        leg = self._books.attempt_connected(attempt, contact, visit.segment_number, self._env.now)
        handoff = yield from self._conversations.converse(contact, leg, agent, queue_id, handoffs)
        self._books.outbound.ended(attempt, self._env.now, "CONNECTED")
        if handoff:
            yield from self._after_handoff(contact, handoff, handoffs + 1)

    def _after_handoff(self, contact: Contact, handoff: Handoff, handoffs: int):
        if handoff.agent is None:
            yield from self._queued_call(contact, handoff.queue_id, "transfer", handoffs)
            return
        visit = self._books.visit_offered(contact, handoff.queue_id, "transfer", self._env.now)
        ring_seconds = self._rng.choice((0, 0, 1, 2, 3))
        yield from handoff.agent.take_over(ring_seconds)
        self._books.visit_answered(visit, self._env.now)
        leg = self._books.leg_connected(
            contact, visit.segment_number, handoff.agent.agent_id, "customer", self._env.now, ring_seconds
        )
        onward = yield from self._conversations.converse(contact, leg, handoff.agent, handoff.queue_id, handoffs)
        if onward:
            yield from self._after_handoff(contact, onward, handoffs + 1)

    def _turned_away(self, queue: Queue) -> str:
        if not queue.is_open(self._env.now):
            return "closed"
        return "" if self._router.has_agents(queue.queue_id) else "no_agents"

    def _wait(self, contact: Contact, visit: Visit, queue: Queue, may_overflow: bool):
        """Wait for an agent, but not forever. Its value is (agent, ring seconds), or None without an answer."""
        seconds, exit_reason = self._limit(contact, queue, may_overflow)
        waiting = self._router.enter(visit)
        yield waiting.answered | self._env.timeout(seconds)
        if waiting.answered.triggered:
            self._books.visit_answered(visit, self._env.now)
            return waiting.answered.value
        self._router.withdraw(waiting)
        self._books.visit_exited(visit, self._env.now, exit_reason)
        return None

    def _limit(self, contact: Contact, queue: Queue, may_overflow: bool) -> tuple[int, str]:
        """After how many seconds the wait would end, and how: whatever comes first."""
        if contact.is_test:
            return DAY_SECONDS, queue.max_wait_exit  # whoever tests the line wants the answer
        limits = [(queue.max_wait_seconds, queue.max_wait_exit)]
        if may_overflow and queue.overflow_to and self._config.queue(queue.overflow_to).is_open(self._env.now):
            limits.append((queue.overflow_after_seconds, "overflow_queue"))
        limits.append((self._patience_seconds(), "abandoned"))
        if may_overflow and happens(self._rng, self._config.callers.key_exit_probability):
            limits.append((self._rng.randint(*self._config.callers.key_exit_seconds), "key_exit"))
        if happens(self._rng, self._config.callers.voicemail_probability):
            limits.append((self._rng.randint(*self._config.callers.voicemail_seconds), "voicemail"))
        asks_after = self._callbacks.asks_after_seconds(contact, queue)
        if asks_after is not None:
            limits.append((asks_after, "callback_requested"))
        return min(limits)

    def _patience_seconds(self) -> int:
        callers = self._config.callers
        if happens(self._rng, callers.gives_up_at_once_probability):
            return self._rng.randint(1, callers.gives_up_at_once_most_seconds)
        return lognormal_seconds(self._rng, callers.patience_mean_seconds, callers.patience_spread)
