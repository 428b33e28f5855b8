"""What waits to be written, and the rule that brings it together with agents.

A chat goes to an agent who has one chat already, then to an idle one, then to one who works on something else and
puts it aside, then to one with two chats. Messages and tickets are taken by agents without chats, by deadline.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from simpy import Environment, Event

from scripts.simulate.ledger import Contact, Visit


@dataclass(eq=False)
class WaitingChat:
    visit: Visit
    taken: Event  # its value is the agent who has accepted
    withdrawn: Event

    @property
    def queue_id(self) -> str:
        return self.visit.queue_id


@dataclass(eq=False)
class WorkItem:
    """A ticket or thread that waits for focused work, in one stretch or several."""

    item_type: str  # ticket or thread
    item_id: str
    queue_id: str
    deadline: int
    seconds_left: int
    contact: Callable[[], Contact]
    begun: Callable[[str], None]  # with the agent's id, at the start of every stretch
    finished: Callable[[str], None]  # with the agent's id, when no work is left
    order: int = 0
    is_in_hand: bool = False


class Desk:
    def __init__(self, env: Environment):
        self._env = env
        self._entries = count()
        self._agents: list = []  # logged in, longest first
        self._chats: list[WaitingChat] = []
        self._work: list[WorkItem] = []

    # Chats

    def has_agents(self, queue_id: str) -> bool:
        return any(queue_id in agent.skills for agent in self._agents)

    def chat_entered(self, visit: Visit) -> WaitingChat:
        chat = WaitingChat(visit, self._env.event(), self._env.event())
        agent = self._agent_for(chat)
        if agent is None:
            self._chats.append(chat)
        else:
            agent.take_chat(chat)
        return chat

    def withdraw(self, chat: WaitingChat) -> None:
        chat.withdrawn.succeed()
        if chat in self._chats:
            self._chats.remove(chat)

    def _agent_for(self, chat: WaitingChat):
        able = [agent for agent in self._agents if agent.takes_chats and chat.queue_id in agent.skills]
        return min(able, key=lambda a: (a.skills[chat.queue_id], a.chat_preference), default=None)

    def offer_waiting_chats(self) -> None:
        """Somebody may have a hand free again."""
        for chat in list(self._chats):
            agent = self._agent_for(chat)
            if agent is not None:
                self._chats.remove(chat)
                agent.take_chat(chat)

    # Messages and tickets

    def add_work(self, item: WorkItem) -> None:
        item.order = next(self._entries)
        self._work.append(item)
        for agent in self._agents:
            agent.wake()

    def drop_work(self, item: WorkItem) -> None:
        self._work.remove(item)

    def next_work(self, agent) -> WorkItem | None:
        able = [item for item in self._work if item.queue_id in agent.skills]
        if not able:
            return None
        item = min(able, key=lambda i: (i.deadline, i.order))
        self._work.remove(item)
        return item

    # Agents

    def agent_logged_in(self, agent) -> None:
        self._agents.append(agent)

    def agent_logged_out(self, agent) -> None:
        self._agents.remove(agent)
