"""The queues and the rule that brings waiting callers and idle agents together.

An idle agent gets the longest-waiting caller of the team's own queues, then of the queues it helps out with. A new
caller gets the longest-idle agent, the queue's own team first. While an agent's phone rings, the caller is still
waiting in the same visit.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import count

from simpy import Environment, Event

from scripts.simulate.ledger import Visit


@dataclass(eq=False)
class Waiting:
    """A caller in a queue, from the offer to the answer or the exit."""

    visit: Visit
    answered: Event
    withdrawn: Event
    order: int  # of entry, for callers of the same second

    @property
    def queue_id(self) -> str:
        return self.visit.queue_id


class Router:
    def __init__(self, env: Environment):
        self._env = env
        self._entries = count()
        self._waiting: dict[str, list[Waiting]] = defaultdict(list)
        self._idle: list = []  # agents, longest idle first
        self._logged_in: list = []

    # Callers

    def enter(self, visit: Visit) -> Waiting:
        waiting = Waiting(visit, self._env.event(), self._env.event(), next(self._entries))
        self._offer(waiting)
        return waiting

    def return_unanswered(self, waiting: Waiting) -> None:
        """The agent did not pick up: back to the old place in the same queue."""
        self._offer(waiting)

    def withdraw(self, waiting: Waiting) -> None:
        """The caller leaves the queue, perhaps while an agent's phone is ringing."""
        waiting.withdrawn.succeed()
        if waiting in self._waiting[waiting.queue_id]:
            self._waiting[waiting.queue_id].remove(waiting)

    def _offer(self, waiting: Waiting) -> None:
        agent = self.seize_idle(waiting.queue_id)
        if agent is not None:
            agent.ring_for_visit(waiting)
            return
        self._waiting[waiting.queue_id].append(waiting)
        self._waiting[waiting.queue_id].sort(key=lambda w: (w.visit.offered_at, w.order))

    def callers_wait_for(self, agent) -> bool:
        return any(self._waiting[queue_id] for queue_id in agent.skills)

    # Agents

    def agent_logged_in(self, agent) -> None:
        self._logged_in.append(agent)

    def agent_logged_out(self, agent) -> None:
        self._logged_in.remove(agent)

    def has_agents(self, queue_id: str) -> bool:
        return any(queue_id in agent.skills for agent in self._logged_in)

    def can_spare(self, agent, idle_colleagues: int) -> bool:
        """Whether so many of the agent's colleagues are idle. Who is alone has nobody to wait for."""
        colleagues = [other for other in self._logged_in if other is not agent and self._share_queue(agent, other)]
        return not colleagues or sum(other in self._idle for other in colleagues) >= idle_colleagues

    @staticmethod
    def _share_queue(agent, other) -> bool:
        return not agent.skills.keys().isdisjoint(other.skills)

    def agent_idle(self, agent) -> None:
        candidates = [queue[0] for queue_id, queue in self._waiting.items() if queue and queue_id in agent.skills]
        if not candidates:
            self._idle.append(agent)
            return
        waiting = min(candidates, key=lambda w: (agent.skills[w.queue_id], w.visit.offered_at, w.order))
        self._waiting[waiting.queue_id].remove(waiting)
        agent.ring_for_visit(waiting)

    def agent_not_idle(self, agent) -> None:
        self._idle.remove(agent)

    def seize_idle(self, queue_id: str):
        """Take the best idle agent for a queue out of the idle list; None when there is none."""
        able = [agent for agent in self._idle if queue_id in agent.skills]
        if not able:
            return None
        agent = min(able, key=lambda a: a.skills[queue_id])  # the first of equals has been idle longest
        self._idle.remove(agent)
        return agent

    def count_idle(self, team_ids) -> int:
        return sum(agent.team_id in team_ids for agent in self._idle)

    def seize_idle_of(self, team_ids):
        """Take the agent of some teams who has been idle longest: one for whom no caller waits. None when none is."""
        agent = next((agent for agent in self._idle if agent.team_id in team_ids), None)
        if agent is not None:
            self._idle.remove(agent)
        return agent

    def seize_any_idle(self):
        return self._idle.pop(0) if self._idle else None
