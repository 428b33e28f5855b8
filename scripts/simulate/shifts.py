"""The rota: who is due when, and when everybody pauses, with the small irregularities of people.

A planner places the pauses of all agents: meetings and training first, then lunches and breaks, each where the fewest
calls are expected for those who stay. It does not know who will be absent or late.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from scripts.simulate.chance import happens
from scripts.simulate.clock import INTERVAL_SECONDS, at_local, interval_start, local
from scripts.simulate.config import FIRST_DAY, LAST_DAY, Config
from scripts.simulate.model import MON_TO_FRI, AgentProfile
from scripts.simulate.personalities import Personality

HOUR = 3600
PLANNING_STEP_SECONDS = 300


@dataclass(frozen=True)
class Pause:
    """Time away from the phone: an AUX reason, or CRASH when the workstation dies without a log-out."""

    due_at: int
    seconds: int
    reason: str

    @property
    def ends_at(self) -> int:
        return self.due_at + self.seconds


@dataclass(frozen=True)
class Workday:
    login_at: int
    ends_at: int
    pauses: tuple[Pause, ...]
    forgets_logout: bool
    logs_out_in_wrap_up: bool


@dataclass
class PlannedShift:
    profile: AgentProfile
    day: date
    starts_at: int
    ends_at: int
    pauses: list[Pause] = field(default_factory=list)

    @property
    def seconds(self) -> int:
        return self.ends_at - self.starts_at

    @property
    def is_at_night(self) -> bool:
        return any(shift.ends_at <= shift.starts_at for shift in self.profile.shifts)


def planned_shifts(config: Config, profile: AgentProfile) -> list[PlannedShift]:
    """All shifts of one agent inside the simulated time, in order.

    Shifts are kept by the wall clock: a night that gains an hour is an hour longer.
    """
    zone = config.zone_of(profile)
    days_off = config.team(profile.assignments[0].team_id).holidays
    shifts = []
    for number in range(-1, (LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        if day in days_off:
            continue
        for shift in profile.shifts:
            if day.weekday() not in shift.days or number // 7 % 2 not in shift.weeks:
                continue
            last_day = day + timedelta(days=1) if shift.ends_at <= shift.starts_at else day
            starts_at = max(at_local(day, shift.starts_at, zone), config.opens_at)
            ends_at = min(at_local(last_day, shift.ends_at, zone), config.ends_at)
            if starts_at < ends_at:
                shifts.append(PlannedShift(profile, day, starts_at, ends_at))
    return sorted(shifts, key=lambda planned: planned.starts_at)


class Rota:
    def __init__(self, config: Config, rng: Random):
        self._config = config
        self._habits = config.agent_habits
        self._rng = rng
        self._present: Counter[int] = Counter()  # agents at their phones by plan, per quarter hour
        self._calls: dict[int, float] = {}  # expected, per quarter hour
        self._shifts_of = {profile.agent_id: planned_shifts(config, profile) for profile in config.agents}
        for shift in self._all_shifts():
            self._count(shift.starts_at, shift.ends_at, 1)
        self._plan()

    @property
    def plans(self) -> dict[str, list[PlannedShift]]:
        """The plan for each agent, before anybody is late or absent."""
        return self._shifts_of

    def workdays(self, profile: AgentProfile, personality: Personality, rng: Random) -> list[Workday]:
        """What becomes of the plan for one agent."""
        return [
            self._workday(shift, personality, rng)
            for shift in self._shifts_of[profile.agent_id]
            if not happens(rng, self._habits.absence_probability)
        ]

    def _workday(self, shift: PlannedShift, personality: Personality, rng: Random) -> Workday:
        habits = self._habits
        if happens(rng, personality.very_late_probability):
            delay = rng.randint(*habits.very_late_seconds)
        else:
            delay = personality.usual_delay_seconds + rng.randint(*habits.early_or_late_seconds)
        login_at = max(self._config.opens_at, shift.starts_at + delay)
        pauses = [
            Pause(pause.due_at + rng.randint(-60, 60), pause.seconds + rng.randint(-60, 120), pause.reason)
            for pause in shift.pauses
        ]
        if happens(rng, habits.crash_probability):
            crashes_at = shift.starts_at + rng.randint(1800, shift.seconds - 1800)
            pauses.append(Pause(crashes_at, rng.randint(*habits.crash_seconds), "CRASH"))
        forgets = happens(rng, habits.forgets_logout_probability)
        return Workday(
            login_at,
            shift.ends_at,
            tuple(
                pause
                for pause in sorted(pauses, key=lambda pause: pause.due_at)
                if login_at + 300 < pause.due_at and pause.ends_at < shift.ends_at
            ),
            forgets,
            not forgets and happens(rng, habits.logs_out_in_wrap_up_probability),
        )

    # The plan

    def _plan(self) -> None:
        for shift in self._all_shifts():
            self._plan_meeting(shift)
        for shifts in self._shifts_of.values():
            for week in sorted({shift.day.isocalendar().week for shift in shifts}):
                self._plan_training([shift for shift in shifts if shift.day.isocalendar().week == week])
        for shift in self._all_shifts():
            self._plan_lunch_and_breaks(shift)

    def _all_shifts(self) -> list[PlannedShift]:
        shifts = [shift for shifts in self._shifts_of.values() for shift in shifts]
        return sorted(shifts, key=lambda shift: shift.starts_at)

    def _plan_meeting(self, shift: PlannedShift) -> None:
        team = self._config.team(shift.profile.team_id_at(shift.starts_at))
        zone = self._config.zone_of(shift.profile)
        meets_at = at_local(shift.day, team.meeting_at, zone)
        ends_at = meets_at + self._habits.meeting_seconds
        if shift.day.weekday() == team.meeting_day and shift.starts_at + 600 < meets_at and ends_at < shift.ends_at:
            self._book(shift, Pause(meets_at, self._habits.meeting_seconds, "MEETING"))

    def _plan_training(self, week: list[PlannedShift]) -> None:
        """One or two sessions on weekdays, as long as the agent's hours of the week allow."""
        budget = self._habits.training_share * sum(shift.seconds for shift in week)
        shortest, longest = self._habits.training_seconds
        sessions = max(1, round(budget / ((shortest + longest) / 2)))
        seconds = round(min(longest, max(shortest, budget / sessions)) / PLANNING_STEP_SECONDS) * PLANNING_STEP_SECONDS
        free = list(week)
        for _ in range(sessions):
            placed = [(place, shift) for shift in free if (place := self._best(shift, seconds, 0.1, 0.9, True))]
            if not placed:
                return
            (_, due_at), shift = min(placed, key=lambda found: found[0])
            self._book(shift, Pause(due_at, seconds, "TRAINING"))
            free.remove(shift)

    def _plan_lunch_and_breaks(self, shift: PlannedShift) -> None:
        habits = self._habits
        if shift.seconds >= 6 * HOUR:
            is_long = shift.seconds >= 7 * HOUR and not shift.is_at_night
            lunch = self._rng.choice(habits.lunch_seconds if is_long else habits.lunch_seconds[:1])
            wanted = [("LUNCH", lunch, 0.36, 0.70), ("BREAK", habits.break_seconds, 0.14, 0.42),
                      ("BREAK", habits.break_seconds, 0.62, 0.90)]  # fmt: skip
        else:
            wanted = [("BREAK", habits.break_seconds, 0.30, 0.70)]
        for reason, seconds, earliest, latest in wanted:
            place = self._best(shift, seconds, earliest, latest)
            if place:
                self._book(shift, Pause(place[1], seconds, reason))

    def _best(self, shift: PlannedShift, seconds: int, earliest: float, latest: float, on_weekdays: bool = False):
        """(pressure, start) of the place between two shares of the shift that leaves the others the least to do."""
        zone = self._config.zone_of(shift.profile)
        first = shift.starts_at + round(earliest * shift.seconds)
        last = shift.starts_at + round(latest * shift.seconds) - seconds
        places = [
            (self._pressure(due_at, seconds) * self._rng.uniform(1, 1.1), due_at)
            for due_at in range(first - first % PLANNING_STEP_SECONDS, max(first, last) + 1, PLANNING_STEP_SECONDS)
            if not any(p.due_at - 1200 < due_at + seconds and due_at < p.ends_at + 1200 for p in shift.pauses)
            and not (on_weekdays and local(due_at, zone).weekday() not in MON_TO_FRI)
        ]
        return min(places, default=None)

    def _book(self, shift: PlannedShift, pause: Pause) -> None:
        shift.pauses.append(pause)
        self._count(pause.due_at, pause.ends_at, -1)

    def _count(self, starts_at: int, ends_at: int, change: int) -> None:
        for at in range(interval_start(starts_at), ends_at, INTERVAL_SECONDS):
            self._present[at] += change

    def _pressure(self, due_at: int, seconds: int) -> float:
        """Calls per agent who stays, in the worst quarter hour; much worse when nobody stays."""
        return max(
            self._expected_calls(at) / max(self._present[at] - 1, 0.1)
            for at in range(interval_start(due_at), due_at + seconds, INTERVAL_SECONDS)
        )

    def _expected_calls(self, at: int) -> float:
        if at not in self._calls:
            reasons = self._config.reasons
            is_open = {queue.queue_id: queue.is_open(at) for queue in self._config.queues}
            share = sum(r.weight for r in reasons if is_open[r.queue_id]) / sum(r.weight for r in reasons)
            self._calls[at] = share * sum(market.calls_per_second(at) for market in self._config.markets)
        return self._calls[at]
