"""The rota as it was published: a week ahead, again before the day, and sometimes again when the day was over.

The agents of the simulation work by the rota, so the rota is what was in force; where a day was published twice
before it began, the first version is the one that was changed.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from scripts.simulate.books import Books
from scripts.simulate.chance import happens
from scripts.simulate.clock import at_local, local, local_text
from scripts.simulate.config import FIRST_DAY, LAST_DAY, Config
from scripts.simulate.model import MON_TO_FRI, AgentProfile
from scripts.simulate.shifts import PlannedShift
from scripts.simulate.workforce.absences import Absence, notice_seconds

PAUSES = ("LUNCH", "BREAK", "MEETING", "TRAINING")
CHANGED_BEFORE_PROBABILITY = 0.08
EDITED_AFTERWARDS_PROBABILITY = 0.09
VACATION_PROBABILITY = 0.16  # per day of the week on which the pattern leaves the agent free
SICK_PROBABILITY = 0.10


@dataclass(frozen=True)
class Activity:
    code: str
    starts_at: int
    ends_at: int


@dataclass
class Version:
    number: int
    published_at: int
    activities: list[Activity]
    is_in_time: bool  # published before the day began


@dataclass
class AgentDay:
    agent_id: str
    business_date: date
    versions: list[Version] = field(default_factory=list)

    @property
    def in_force(self) -> Version | None:
        return next((version for version in reversed(self.versions) if version.is_in_time), None)

    @property
    def latest(self) -> Version:
        return self.versions[-1]


def activities_of(shift_starts_at: int, shift_ends_at: int, pauses: list[tuple[str, int, int]]) -> list[Activity]:
    """On the queue wherever there is no pause."""
    found, at = [], shift_starts_at
    for code, starts_at, ends_at in sorted(pauses, key=lambda pause: pause[1]):
        if at < starts_at:
            found.append(Activity("ON_QUEUE", at, starts_at))
        found.append(Activity(code, starts_at, ends_at))
        at = ends_at
    if at < shift_ends_at:
        found.append(Activity("ON_QUEUE", at, shift_ends_at))
    return found


class Planner:
    def __init__(self, config: Config, plans: dict[str, list[PlannedShift]], books: Books, rng: Random):
        self._config = config
        self._plans = plans
        self._rng = rng
        self.absences: list[Absence] = []
        self._spans = {profile.agent_id: [] for profile in config.agents}
        for span in books.spans:
            self._spans[span.agent_id].append(span)

    def agent_days(self) -> list[AgentDay]:
        days = []
        for profile in self._config.agents:
            shifts = self._plans[profile.agent_id]
            days += [self._worked_or_missed(profile, shift) for shift in shifts]
            days += self._days_off_the_rota(profile, {shift.day for shift in shifts})
        return sorted(days, key=lambda day: (day.versions[0].published_at, day.agent_id, day.business_date))

    def _worked_or_missed(self, profile: AgentProfile, shift: PlannedShift) -> AgentDay:
        zone = self._config.zone_of(profile)
        day = AgentDay(profile.agent_id, local(shift.starts_at, zone).date())
        planned = [(pause.reason, pause.due_at, pause.ends_at) for pause in shift.pauses]
        rota = activities_of(shift.starts_at, shift.ends_at, planned)
        first_at = _week_ahead(day.business_date, zone)
        if happens(self._rng, CHANGED_BEFORE_PROBABILITY):
            day.versions.append(Version(1, first_at, self._before_the_change(shift, planned), True))
            again_at = at_local(day.business_date - timedelta(days=self._rng.randint(2, 4)), "15:00", zone)
            day.versions.append(Version(2, again_at + self._rng.randint(0, 90) * 60, rota, True))
        else:
            day.versions.append(Version(1, first_at, rota, True))
        if not self._came(profile, shift):
            self._missed(day, shift.starts_at, shift.ends_at, zone)
        elif happens(self._rng, EDITED_AFTERWARDS_PROBABILITY):
            self._edit_to_fit(day, shift)
        return day

    def _before_the_change(self, shift: PlannedShift, planned: list) -> list[Activity]:
        """What had been published first: another shift, or a pause at another time."""
        movable = [pause for pause in planned if pause[0] in ("TRAINING", "BREAK")]
        if not movable or happens(self._rng, 0.3):
            offset = self._rng.choice((3600, 7200))
            moved = [(code, starts + offset, ends + offset) for code, starts, ends in planned]
            return activities_of(shift.starts_at + offset, shift.ends_at + offset, moved)
        dropped = self._rng.choice(movable)
        return activities_of(shift.starts_at, shift.ends_at, [pause for pause in planned if pause is not dropped])

    def _edit_to_fit(self, day: AgentDay, shift: PlannedShift) -> None:
        """The trick: what happened becomes the plan."""
        spans = [s for s in self._spans[day.agent_id] if shift.starts_at - 3600 <= s.started_at < shift.ends_at]
        login_at = next(span.started_at for span in spans if span.state == "LOGIN")
        pauses = [
            (span.reason, span.started_at - span.started_at % 60, span.ended_at - span.ended_at % 60)
            for span in spans
            if span.state == "AUX" and span.reason in PAUSES and span.started_at > shift.starts_at
        ]
        pauses = [(code, starts, min(ends, shift.ends_at)) for code, starts, ends in pauses if starts + 60 < ends]
        starts_at = max(shift.starts_at, login_at - login_at % 60)
        published_at = shift.ends_at + self._rng.randint(1, 60) * 3600
        if happens(self._rng, 0.3):
            published_at = shift.starts_at + self._rng.randint(15, 120) * 60
        activities = activities_of(starts_at, shift.ends_at, pauses)
        day.versions.append(Version(len(day.versions) + 1, published_at - published_at % 60, activities, False))

    def _missed(self, day: AgentDay, starts_at: int, ends_at: int, zone: str) -> None:
        absence_type = self._rng.choices(("sick", "care", "no_show"), (0.75, 0.15, 0.10))[0]
        notice = min(notice_seconds(absence_type, self._rng), 6000)
        self.absences.append(
            Absence(day.agent_id, absence_type, day.business_date, starts_at, ends_at, starts_at - notice)
        )
        code = "ABSENT" if absence_type == "no_show" else "SICK"
        published_at = starts_at + self._rng.randint(10, 180) * 60
        whole = [Activity(code, starts_at, ends_at)]
        day.versions.append(Version(len(day.versions) + 1, published_at - published_at % 60, whole, False))

    def _days_off_the_rota(self, profile: AgentProfile, taken: set[date]) -> list[AgentDay]:
        """Days that never were in the rota: on vacation since long before, or planned and ill at short notice."""
        zone = self._config.zone_of(profile)
        shift = profile.shifts[0]
        weekdays = {weekday for each in profile.shifts for weekday in each.days}
        days = []
        for number in range((LAST_DAY - FIRST_DAY).days + 1):
            date_of_day = FIRST_DAY + timedelta(days=number)
            is_free = date_of_day not in taken and date_of_day.weekday() in MON_TO_FRI
            # Nobody on nights: their neighbors' nights would overlap. Full-timers have no free weekday.
            if not is_free or len(weekdays) >= 7 or shift.ends_at <= shift.starts_at:
                continue
            is_on_vacation = happens(self._rng, VACATION_PROBABILITY)
            if not is_on_vacation and not happens(self._rng, SICK_PROBABILITY):
                continue
            starts_at = at_local(date_of_day, shift.starts_at, zone)
            ends_at = at_local(date_of_day, shift.ends_at, zone)
            day = AgentDay(profile.agent_id, date_of_day)
            published_at = _week_ahead(date_of_day, zone)
            if is_on_vacation:
                reported_at = starts_at - notice_seconds("vacation", self._rng)
                self.absences.append(
                    Absence(profile.agent_id, "vacation", date_of_day, starts_at, ends_at, reported_at)
                )
                day.versions.append(Version(1, published_at, [Activity("VACATION", starts_at, ends_at)], True))
            else:
                middle = starts_at + (ends_at - starts_at) // 2 // 300 * 300
                plan = activities_of(starts_at, ends_at, [("BREAK", middle, middle + 900)])
                day.versions.append(Version(1, published_at, plan, True))
                self._missed(day, starts_at, ends_at, zone)
            days.append(day)
        return days

    def _came(self, profile: AgentProfile, shift: PlannedShift) -> bool:
        return any(
            span.state == "LOGIN" and shift.starts_at - 3600 <= span.started_at < shift.ends_at
            for span in self._spans[profile.agent_id]
        )


def _week_ahead(day: date, zone: str) -> int:
    monday = day - timedelta(days=day.weekday())
    return at_local(monday - timedelta(days=7), "10:00", zone)


def schedule_rows(days: list[AgentDay], zone_of: dict[str, str]) -> list[dict]:
    """As the planning tool exports them: by time of publication."""
    published = [(version.published_at, day, version) for day in days for version in day.versions]
    published.sort(key=lambda each: (each[0], each[1].agent_id, each[1].business_date))
    return [
        {
            "agent_id": day.agent_id,
            "version": str(version.number),
            "published_at": local_text(version.published_at, zone_of[day.agent_id]),
            "business_date": day.business_date.isoformat(),
            "activity": activity.code,
            "starts_at": local_text(activity.starts_at, zone_of[day.agent_id]),
            "ends_at": local_text(activity.ends_at, zone_of[day.agent_id]),
        }
        for _, day, version in published
        for activity in version.activities
    ]
