"""What an agent is due to do on each working day, with the small irregularities of people."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from scripts.simulate.chance import happens
from scripts.simulate.clock import at_local, local
from scripts.simulate.config import FIRST_DAY, LAST_DAY, Config
from scripts.simulate.habits import AgentHabits
from scripts.simulate.model import AgentProfile

HOUR = 3600


@dataclass(frozen=True)
class Pause:
    """Time away from the phone: an AUX reason, or CRASH when the workstation dies without a log-out."""

    due_at: int
    seconds: int
    reason: str


@dataclass(frozen=True)
class Workday:
    login_at: int
    ends_at: int
    pauses: tuple[Pause, ...]
    forgets_logout: bool
    logs_out_in_wrap_up: bool


def workdays(config: Config, profile: AgentProfile, rng: Random) -> list[Workday]:
    """All shifts of one agent inside the simulated time, in order.

    Shifts are kept by the wall clock: a night that gains an hour is an hour longer.
    """
    zone = config.zone_of(profile)
    days = []
    day = FIRST_DAY - timedelta(days=1)
    while day <= LAST_DAY:
        for shift in profile.shifts:
            if day.weekday() not in shift.days:
                continue
            last_day = day + timedelta(days=1) if shift.ends_at <= shift.starts_at else day
            starts_at = max(at_local(day, shift.starts_at, zone), config.opens_at)
            ends_at = min(at_local(last_day, shift.ends_at, zone), config.ends_at)
            if starts_at < ends_at and not happens(rng, config.agent_habits.absence_probability):
                days.append(_workday(config, profile, day, starts_at, ends_at, rng))
        day += timedelta(days=1)
    return sorted(days, key=lambda workday: workday.login_at)


def _workday(config: Config, profile: AgentProfile, day: date, starts_at: int, ends_at: int, rng: Random) -> Workday:
    habits = config.agent_habits
    late = habits.very_late_seconds if happens(rng, habits.very_late_probability) else habits.early_or_late_seconds
    login_at = max(config.opens_at, starts_at + rng.randint(*late))
    forgets = happens(rng, habits.forgets_logout_probability)
    pauses = _pauses(config, profile, day, starts_at, ends_at, rng)
    return Workday(
        login_at,
        ends_at,
        tuple(pause for pause in pauses if login_at + 300 < pause.due_at and pause.due_at + pause.seconds < ends_at),
        forgets,
        not forgets and happens(rng, habits.logs_out_in_wrap_up_probability),
    )


def _pauses(config: Config, profile: AgentProfile, day: date, starts_at: int, ends_at: int, rng: Random) -> list[Pause]:
    habits: AgentHabits = config.agent_habits
    length = ends_at - starts_at

    def pause_at(share: float, seconds: int, reason: str) -> Pause:
        due_at = starts_at + round(share * length) + rng.randint(-1200, 1200)
        return Pause(due_at, max(60, seconds + rng.randint(-90, 150)), reason)

    if length >= 6 * HOUR:
        pauses = [
            pause_at(0.27, habits.break_seconds, "BREAK"),
            pause_at(0.52, habits.lunch_seconds, "LUNCH"),
            pause_at(0.78, habits.break_seconds, "BREAK"),
        ]
    else:
        pauses = [pause_at(rng.uniform(0.3, 0.7), habits.break_seconds, "BREAK")]

    team = config.team(profile.team_id_at(starts_at))
    zone = config.zone_of(profile)
    if local(starts_at, zone).weekday() == team.meeting_day:
        pauses.append(
            Pause(at_local(day, team.meeting_at, zone), habits.meeting_seconds + rng.randint(-60, 240), "MEETING")
        )
    if happens(rng, habits.training_probability):
        pauses.append(pause_at(0.66, habits.training_seconds, "TRAINING"))
    if happens(rng, habits.crash_probability):
        pauses.append(Pause(starts_at + rng.randint(1800, length - 1800), rng.randint(*habits.crash_seconds), "CRASH"))
    return sorted(pauses, key=lambda pause: pause.due_at)
