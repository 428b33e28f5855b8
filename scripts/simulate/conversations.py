"""From the answer to the end of an agent's part: talk, hold, asking a colleague, handing the customer on."""

from dataclasses import dataclass
from random import Random

from simpy import Environment

from scripts.simulate.agents import Agent
from scripts.simulate.books import Books
from scripts.simulate.chance import happens, lognormal_seconds, pick
from scripts.simulate.config import Config
from scripts.simulate.ledger import Contact, Leg
from scripts.simulate.routing import Router

# What agents do instead when the other queue is closed, and when nobody of it is idle.
INSTEAD_WHEN_CLOSED = {"warm": "consult", "blind": "outside"}
INSTEAD_WHEN_ALONE = {"warm": "blind", "consult": "none", "conference": "none"}


@dataclass(frozen=True)
class Handoff:
    """Where the customer goes next: into a queue, or on with a consulted agent who already knows the case."""

    queue_id: str
    agent: Agent | None = None


class Conversations:
    def __init__(self, env: Environment, config: Config, router: Router, books: Books, rng: Random):
        self._env = env
        self._config = config
        self._habits = config.conversations
        self._router = router
        self._books = books
        self._rng = rng

    def converse(self, contact: Contact, leg: Leg, agent: Agent, queue_id: str, handoffs: int):
        """Run one agent's part of a contact. Its value is a Handoff, or None when the contact is over."""
        kind = self._kind(contact, agent, handoffs)
        talk_seconds = self._talk_seconds(agent, queue_id, is_short=kind in ("blind", "outside", "warm"))
        if kind == "none":
            yield from self._talk_with_hold(leg, agent, talk_seconds)
            self._finish(contact, leg, agent)
            return None

        yield from self._talk_with_hold(leg, agent, talk_seconds // 2)
        target = pick(self._rng, self._habits.transfer_targets[queue_id])
        if not self._config.queue(target).is_open(self._env.now):
            kind = INSTEAD_WHEN_CLOSED.get(kind, kind)
        if kind in INSTEAD_WHEN_ALONE:
            colleague = self._router.seize_idle(target)
            if colleague is None:
                kind = INSTEAD_WHEN_ALONE[kind]
            else:
                yield from self._involve(contact, leg, colleague, kind)
                if kind == "warm":
                    self._finish(contact, leg, agent)
                    return Handoff(target, colleague)

        yield self._env.timeout(talk_seconds - talk_seconds // 2)
        if kind in ("blind", "outside"):
            return (yield from self._hand_on_blindly(contact, leg, agent, target, kind))
        self._finish(contact, leg, agent)
        return None

    def _kind(self, contact: Contact, agent: Agent, handoffs: int) -> str:
        if contact.is_test or handoffs >= self._habits.most_handoffs:
            return "none"
        kinds = {
            **{kind: share * agent.personality.handoff_probability for kind, share in self._habits.handoffs.items()},
            "consult": self._habits.consult_probability,
            "conference": self._habits.conference_probability,
        }
        return pick(self._rng, {**kinds, "none": 1 - sum(kinds.values())})

    def _talk_seconds(self, agent: Agent, queue_id: str, is_short: bool) -> int:
        hurry = self._hurry(agent, self._habits.talk_when_callers_wait, self._habits.talk_when_nobody_waits)
        mean = self._config.queue(queue_id).talk_mean_seconds * agent.personality.pace * hurry
        return lognormal_seconds(
            self._rng, mean * (0.6 if is_short else 1), self._habits.talk_spread, least=8, most=3600
        )

    def _talk_with_hold(self, leg: Leg, agent: Agent, talk_seconds: int):
        yield self._env.timeout(talk_seconds)
        if happens(self._rng, agent.personality.hold_probability):
            held = lognormal_seconds(self._rng, self._habits.hold_mean_seconds, 0.8, least=5)
            yield self._env.timeout(held)
            leg.hold_seconds += held

    def _hand_on_blindly(self, contact: Contact, leg: Leg, agent: Agent, target: str, kind: str):
        leg.transfer_type, leg.transfer_reason = "blind", pick(self._rng, self._habits.transfer_reasons)
        self._finish(contact, leg, agent)
        if kind == "blind":
            return Handoff(target)
        yield self._env.timeout(lognormal_seconds(self._rng, self._habits.outside_mean_seconds, 0.7, least=20))
        self._books.customer_stayed_until(leg, self._env.now)
        return None

    def _involve(self, contact: Contact, leg: Leg, colleague: Agent, kind: str):
        leg.transfer_type, leg.transfer_reason = kind, pick(self._rng, self._habits.transfer_reasons)
        if kind == "conference":
            yield from self._confer(contact, colleague)
        else:
            yield from self._consult(contact, leg, colleague, releases_colleague=kind == "consult")

    def _consult(self, contact: Contact, leg: Leg, colleague: Agent, releases_colleague: bool):
        """The customer is on hold while the colleague's phone rings and the two agents talk."""
        held_from = self._env.now
        segment_number = contact.next_segment()
        connected, ring_seconds = colleague.ring_for_colleague()
        yield connected
        consult = self._books.leg_connected(
            contact, segment_number, colleague.agent_id, "consult", self._env.now, ring_seconds
        )
        yield self._env.timeout(lognormal_seconds(self._rng, self._habits.consult_mean_seconds, 0.6, least=10))
        self._books.leg_ended(consult, self._env.now, 0)
        if releases_colleague:
            colleague.release(0)
        leg.hold_seconds += self._env.now - held_from

    def _confer(self, contact: Contact, colleague: Agent):
        """The colleague joins for a while: both agents are with the customer."""
        segment_number = contact.next_segment()
        connected, ring_seconds = colleague.ring_for_colleague()
        yield connected
        joined = self._books.leg_connected(
            contact, segment_number, colleague.agent_id, "conference", self._env.now, ring_seconds
        )
        yield self._env.timeout(lognormal_seconds(self._rng, self._habits.consult_mean_seconds * 2, 0.6, least=20))
        after_work_seconds = self._after_work_seconds(colleague) // 3
        self._books.leg_ended(joined, self._env.now, after_work_seconds)
        colleague.release(after_work_seconds)

    def _after_work_seconds(self, agent: Agent) -> int:
        if happens(self._rng, self._habits.no_after_work_probability):
            return 0
        habits = self._habits
        hurry = self._hurry(agent, habits.after_work_when_callers_wait, habits.after_work_when_nobody_waits)
        mean = agent.personality.after_work_mean_seconds * hurry
        return lognormal_seconds(self._rng, mean, habits.after_work_spread, most=900)

    def _hurry(self, agent: Agent, when_callers_wait: float, when_nobody_waits: float) -> float:
        return when_callers_wait if self._router.callers_wait_for(agent) else when_nobody_waits

    def _finish(self, contact: Contact, leg: Leg, agent: Agent) -> None:
        if contact.is_test:
            disposition = "TEST_CALL"
        elif leg.transfer_type in ("blind", "warm"):
            disposition = "FOLLOW_UP"
        else:
            disposition = pick(self._rng, self._habits.dispositions)
        after_work_seconds = self._after_work_seconds(agent)
        self._books.leg_ended(leg, self._env.now, after_work_seconds, disposition)
        agent.release(after_work_seconds)
