"""An agent at work: logs in, waits for calls, takes them, wraps up, pauses, logs out. Or forgets to."""

from functools import partial
from random import Random

from simpy import Environment, Event

from scripts.simulate.books import Books
from scripts.simulate.chance import exponential_seconds, happens, lognormal_seconds
from scripts.simulate.config import Config
from scripts.simulate.habits import AgentHabits
from scripts.simulate.model import AgentProfile
from scripts.simulate.personalities import Personality
from scripts.simulate.recorder import ActivityRecorder
from scripts.simulate.routing import Router, Waiting
from scripts.simulate.shifts import Pause, Workday

LOGGED_OUT = "LOGOUT"
MOVABLE_PAUSES = ("BREAK", "LUNCH", "TRAINING")


class Agent:
    def __init__(
        self,
        env: Environment,
        config: Config,
        profile: AgentProfile,
        personality: Personality,
        days: list[Workday],
        router: Router,
        books: Books,
        activity: ActivityRecorder,
        rng: Random,
    ):
        self.env = env
        self.profile = profile
        self.personality = personality
        self.state = LOGGED_OUT
        self._config = config
        self._habits: AgentHabits = config.agent_habits
        self._days = days
        self._router = router
        self._books = books
        self._activity = activity
        self._rng = rng
        self._today: Workday | None = None
        self._task = None  # what the phone rings for: a generator function
        self._wake: Event | None = None
        self._released: Event | None = None

    @property
    def agent_id(self) -> str:
        return self.profile.agent_id

    @property
    def skills(self) -> dict[str, int]:
        return self._config.team(self.team_id).skills

    @property
    def team_id(self) -> str:
        return self.profile.team_id_at(self.env.now)

    # What others ask of the agent

    def ring_for_visit(self, waiting: Waiting) -> None:
        """The router has chosen this idle agent for a waiting caller."""
        self._ring(partial(self._pick_up_visit, waiting))

    def ring_for_colleague(self) -> tuple[Event, int]:
        """A caller or a colleague dials this idle agent, who always answers.

        Its value is the event of the answer, and after how many seconds of ringing it will happen.
        """
        ring_seconds = self._ring_seconds()
        connected = self.env.event()
        self._ring(partial(self._pick_up_dialed, connected, ring_seconds))
        return connected, ring_seconds

    def take_outbound_call(self) -> None:
        """Dial, or be connected by the dialer: nothing rings."""
        self._task = self._talk
        self._wake.succeed()

    def release(self, after_work_seconds: int) -> None:
        """The call is over for this agent."""
        self._released.succeed(after_work_seconds)

    def take_over(self, ring_seconds: int):
        """The consulted agent becomes the one who has the customer, after a moment of ringing."""
        if ring_seconds:
            self._enter("RINGING")
            yield self.env.timeout(ring_seconds)
            self._enter("ON_CONTACT")

    # The working life

    def run(self):
        for day in self._days:
            self._today = day
            yield self.env.timeout(max(0, self._today.login_at - self.env.now))
            self._log_in()
            yield self.env.timeout(self._rng.randint(*self._habits.settles_in_seconds))
            for pause in self._today.pauses:
                yield from self._serve_until_spared(pause)
                yield from self._take(pause)
            yield from self._serve_until(self._today.ends_at)
            self._leave()

    def _serve_until(self, until: int):
        while self.env.now < until and self.state != LOGGED_OUT:
            task = yield from self._next_task(until)
            if task is not None:
                yield from task()

    def _next_task(self, until: int):
        """Wait for a call; None when it is time for something else."""
        self._task, self._wake = None, self.env.event()
        if self.state != "AVAILABLE":
            self._enter("AVAILABLE")
        self._router.agent_idle(self)
        yield self._wake | self.env.timeout(until - self.env.now)
        if self._task is None:
            self._router.agent_not_idle(self)
        return self._task

    def _serve_until_spared(self, pause: Pause):
        """Go for a break some minutes early when it is quiet, and late while no colleague is free for the next call."""
        if pause.reason not in MOVABLE_PAUSES:
            yield from self._serve_until(pause.due_at)
            return
        yield from self._serve_until(pause.due_at - self._habits.pauses_early_seconds)
        latest = pause.due_at + self._habits.pauses_late_seconds
        while self.env.now < latest and self.state != LOGGED_OUT:
            if self._router.can_spare(self, idle_colleagues=2 if self.env.now < pause.due_at else 1):
                return
            yield from self._serve_until(min(latest, self.env.now + 60))

    def _take(self, pause: Pause):
        if self.state == LOGGED_OUT:
            return
        if pause.reason == "CRASH":
            self._vanish()
            yield self.env.timeout(pause.seconds)
            self._log_in()
            yield self.env.timeout(self._rng.randint(*self._habits.settles_in_seconds))
        else:
            self._enter("AUX", pause.reason)
            yield self.env.timeout(pause.seconds)

    # Calls

    def _ring(self, task) -> None:
        self._task = task
        self._enter("RINGING")
        self._wake.succeed()

    def _pick_up_visit(self, waiting: Waiting):
        answers = not happens(self._rng, self.personality.no_answer_probability)
        ring_seconds = self._ring_seconds() if answers else self._habits.ring_limit_seconds
        rang_at = self.env.now
        yield waiting.withdrawn | self.env.timeout(ring_seconds)
        if waiting.withdrawn.triggered:
            return  # the caller hung up or left first: not the agent's fault
        if not answers:
            self._enter("NOT_RESPONDING", "SYSTEM_RONA")
            self._router.return_unanswered(waiting)
            yield self.env.timeout(exponential_seconds(self._rng, self._habits.not_responding_mean_seconds, least=15))
            return
        waiting.answered.succeed((self, self.env.now - rang_at))
        yield from self._talk()

    def _ring_seconds(self) -> int:
        while True:
            seconds = lognormal_seconds(self._rng, self.personality.ring_mean_seconds, self._habits.ring_spread)
            if self._habits.least_ring_seconds <= seconds < self._habits.ring_limit_seconds:
                return seconds

    def _pick_up_dialed(self, connected: Event, ring_seconds: int):
        yield self.env.timeout(ring_seconds)
        connected.succeed()
        yield from self._talk()

    def _talk(self):
        """On the contact until the call releases the agent, then after-contact work."""
        self._enter("ON_CONTACT")
        self._released = self.env.event()
        after_work_seconds = yield self._released
        if after_work_seconds == 0:
            return
        self._enter("AFTER_CONTACT_WORK")
        seconds_left = self._today.ends_at - self.env.now
        if self._today.logs_out_in_wrap_up and after_work_seconds > seconds_left:
            # The wrap-up form stays open after the log-out, so the call record shows more work than there was.
            yield self.env.timeout(max(seconds_left, after_work_seconds // 2))
            self._log_out()
        else:
            yield self.env.timeout(after_work_seconds)

    # Log-in and log-out

    def _enter(self, state: str, reason: str = "") -> None:
        self.state = state
        event_id = self._activity.state_changed(self.profile, state, reason, self.env.now)
        self._books.agent_entered(self.agent_id, state, reason, self.env.now, event_id)

    def _log_in(self) -> None:
        self._enter("LOGIN")
        self._router.agent_logged_in(self)

    def _log_out(self) -> None:
        self._enter(LOGGED_OUT)
        self._router.agent_logged_out(self)

    def _vanish(self) -> None:
        """A dead workstation or a forgotten log-out: the switch stops routing to it, but nobody writes a log-out."""
        if self.state not in ("AVAILABLE", "AUX"):
            self._enter("AVAILABLE")
        self._router.agent_logged_out(self)
        self.state = LOGGED_OUT

    def _leave(self) -> None:
        if self.state == LOGGED_OUT:
            return  # during the last wrap-up
        if self._today.forgets_logout:
            self._vanish()
        else:
            self._log_out()
