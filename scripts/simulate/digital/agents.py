"""An agent who writes: up to three chats at once, otherwise one message or ticket at a time."""

from random import Random

from simpy import Environment, Event

from scripts.simulate.books import Books
from scripts.simulate.chance import lognormal_seconds
from scripts.simulate.config import Config
from scripts.simulate.digital.desk import Desk, WaitingChat, WorkItem
from scripts.simulate.digital.habits import DigitalHabits
from scripts.simulate.ledger import WorkSession
from scripts.simulate.model import AgentProfile
from scripts.simulate.personalities import Personality
from scripts.simulate.recorder import ActivityRecorder
from scripts.simulate.shifts import Pause, Workday

LOGGED_OUT = "LOGOUT"
LEAST_WORK_SECONDS = 20


class DigitalAgent:
    def __init__(
        self,
        env: Environment,
        config: Config,
        habits: DigitalHabits,
        profile: AgentProfile,
        personality: Personality,
        days: list[Workday],
        desk: Desk,
        books: Books,
        activity: ActivityRecorder,
        rng: Random,
    ):
        self.env = env
        self.profile = profile
        self.personality = personality
        self.skills: dict[str, int] = config.team(profile.assignments[0].team_id).skills
        self.state = LOGGED_OUT
        self.chats = 0  # in progress
        self._settles_in = config.agent_habits.settles_in_seconds
        self._habits = habits.writers
        self._chat_habits = habits.chats
        self._days = days
        self._desk = desk
        self._books = books
        self._activity = activity
        self._rng = rng
        self._hands_full = 0  # chats in progress, about to be accepted or being wrapped up
        self._wraps_up_until = 0
        self._takes_chats_until = 0
        self._works_on: WorkItem | None = None
        self._disturbed: Event | None = None
        self._woken: Event | None = None

    @property
    def agent_id(self) -> str:
        return self.profile.agent_id

    # What the desk and the chats ask of the agent

    @property
    def takes_chats(self) -> bool:
        return self.env.now < self._takes_chats_until and self._hands_full < self._habits.most_chats

    @property
    def chat_preference(self) -> int:
        if self._works_on is not None:
            return 3
        return {1: 0, 2: 1, 0: 2}.get(self._hands_full, 4)

    def take_chat(self, chat: WaitingChat) -> None:
        self._hands_full += 1
        if self._disturbed is not None and not self._disturbed.triggered:
            self._disturbed.succeed()
        self.env.process(self._accept(chat))

    def _accept(self, chat: WaitingChat):
        yield chat.withdrawn | self.env.timeout(self._rng.randint(*self._chat_habits.accepts_in_seconds))
        if chat.withdrawn.triggered:
            self._hands_full -= 1
            self._free_again()
            return
        self.chats += 1
        self._show_state()
        chat.taken.succeed(self)

    def chat_left(self) -> int:
        """The agent has left a chat. Its value is how many seconds of wrap-up follow."""
        self.chats -= 1
        seconds = lognormal_seconds(self._rng, self._chat_habits.after_work_mean_seconds, 0.7, most=600)
        self._wraps_up_until = max(self._wraps_up_until, self.env.now + seconds)
        self._show_state()
        self.env.process(self._wrap_up(seconds))
        return seconds

    def _wrap_up(self, seconds: int):
        yield self.env.timeout(seconds)
        self._hands_full -= 1
        self._show_state()
        self._free_again()

    def _free_again(self) -> None:
        self.wake()
        self._desk.offer_waiting_chats()

    def wake(self) -> None:
        if self._woken is not None and not self._woken.triggered:
            self._woken.succeed()

    # The working life

    def run(self):
        for day in self._days:
            yield self.env.timeout(max(0, day.login_at - self.env.now))
            self._enter("LOGIN")
            self._desk.agent_logged_in(self)
            yield self.env.timeout(self._rng.randint(*self._settles_in))
            for pause in (pause for pause in day.pauses if pause.reason != "CRASH"):
                yield from self._serve_until(pause.due_at)
                yield from self._take(pause)
            yield from self._serve_until(day.ends_at)
            self._leave(forgets=day.forgets_logout)

    def _serve_until(self, until: int):
        """Take what comes, then finish the chats in hand."""
        self._takes_chats_until = until - self._habits.stops_taking_chats_seconds
        self._show_state()
        self._desk.offer_waiting_chats()
        while self.env.now < until or self._hands_full:
            self._woken = self.env.event()
            if self.env.now >= until:
                yield self._woken
                continue
            time_is_up = self.env.timeout(until - self.env.now)
            if not self._hands_full and self.env.now < until - LEAST_WORK_SECONDS:
                item = self._desk.next_work(self)
                if item is not None:
                    yield from self._work(item, until)
                    time_is_up = self.env.timeout(self._rng.randint(*self._habits.between_work_seconds))
            yield self._woken | time_is_up
        self._takes_chats_until = 0

    def _work(self, item: WorkItem, until: int):
        """One stretch of focused work, until it is done, a chat comes in, or it is time to go."""
        started_at = self.env.now
        self._works_on, self._disturbed = item, self.env.event()
        item.is_in_hand = True
        item.begun(self.agent_id)
        contact = item.contact()
        self._show_state()
        latest = until + self._habits.may_finish_late_seconds - started_at
        yield self._disturbed | self.env.timeout(min(item.seconds_left, latest))
        self._works_on = self._disturbed = None
        item.is_in_hand = False
        worked_seconds = self.env.now - started_at
        if worked_seconds:
            self._record(item, contact, started_at)
        item.seconds_left -= worked_seconds
        if item.seconds_left <= 0:
            item.finished(self.agent_id)
        else:
            self._desk.add_work(item)
        self._show_state()

    def _record(self, item: WorkItem, contact, started_at: int) -> None:
        leg = self._books.leg_connected(contact, contact.next_segment(), self.agent_id, "customer", started_at, None)
        leg.hold_seconds = None
        self._books.leg_ended(leg, self.env.now, None)
        session_id = f"W{len(self._books.work_sessions) + 1:06d}"
        self._books.work_sessions.append(WorkSession(session_id, item.item_type, item.item_id, leg))

    def _take(self, pause: Pause):
        self._enter("AUX", pause.reason)
        yield self.env.timeout(pause.seconds)

    # The activity log

    def _show_state(self) -> None:
        if self.chats or self._works_on is not None:
            state = "ON_CONTACT"
        elif self.env.now < self._wraps_up_until:
            state = "AFTER_CONTACT_WORK"
        else:
            state = "AVAILABLE"
        if state != self.state:
            self._enter(state)

    def _enter(self, state: str, reason: str = "") -> None:
        self.state = state
        event_id = self._activity.state_changed(self.profile, state, reason, self.env.now)
        self._books.agent_entered(self.agent_id, state, reason, self.env.now, event_id)

    def _leave(self, forgets: bool) -> None:
        self._desk.agent_logged_out(self)
        if forgets:
            self.state = LOGGED_OUT
        else:
            self._enter(LOGGED_OUT)
