"""The activity log of the telephone system: one event per state change of an agent, numbered as they happen."""

from dataclasses import dataclass

from scripts.simulate.model import AgentProfile


@dataclass(frozen=True)
class ActivityEvent:
    event_id: str
    agent_id: str
    at: int
    state: str
    reason: str


class ActivityRecorder:
    def __init__(self, prefix: str = "E"):
        self._prefix = prefix  # of the system's event ids
        self.events: list[ActivityEvent] = []

    def state_changed(self, profile: AgentProfile, state: str, reason: str, at: int) -> str:
        event = ActivityEvent(f"{self._prefix}{len(self.events) + 1:06d}", profile.agent_id, at, state, reason)
        self.events.append(event)
        return event.event_id
