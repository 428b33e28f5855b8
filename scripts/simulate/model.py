"""What a center consists of. Durations are seconds, clock times are local "HH:MM"."""

from dataclasses import dataclass, field
from datetime import date

from scripts.simulate.clock import at_local, local, minutes_of_day

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
MON_TO_FRI = (MON, TUE, WED, THU, FRI)
MON_TO_SUN = (*MON_TO_FRI, SAT, SUN)


@dataclass(frozen=True)
class Site:
    site_id: str
    site_name: str
    time_zone: str


@dataclass(frozen=True)
class OpeningHours:
    """One opening span per day, in force from one date up to another, not inside it."""

    days: tuple[int, ...]
    opens_at: str
    closes_at: str
    valid_from: date = date(2025, 1, 1)
    valid_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        return day.weekday() in self.days and self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Calendar:
    """When a queue is in service, by its own wall clock. A holiday is closed all day."""

    calendar_id: str
    calendar_name: str
    time_zone: str
    hours: tuple[OpeningHours, ...]
    holidays: dict[date, str] = field(default_factory=dict, hash=False)

    def hours_on(self, day: date) -> OpeningHours | None:
        if day in self.holidays:
            return None
        return next((hours for hours in self.hours if hours.is_in_force(day)), None)

    def is_open(self, at: int) -> bool:
        now = local(at, self.time_zone)
        hours = self.hours_on(now.date())
        if hours is None:
            return False
        return minutes_of_day(hours.opens_at) <= now.hour * 60 + now.minute < minutes_of_day(hours.closes_at)

    def closes_after(self, at: int) -> int:
        """When the span that contains `at` ends."""
        day = local(at, self.time_zone).date()
        return at_local(day, self.hours_on(day).closes_at, self.time_zone)


@dataclass(frozen=True)
class Queue:
    queue_id: str
    queue_name: str
    extension: str
    calendar: Calendar
    talk_mean_seconds: float
    max_wait_seconds: int
    max_wait_exit: str  # "voicemail" or "timeout"
    overflow_to: str | None = None
    overflow_after_seconds: int = 0

    def is_open(self, at: int) -> bool:
        return self.calendar.is_open(at)


@dataclass(frozen=True)
class DigitalQueue:
    queue_id: str
    queue_name: str
    calendar: Calendar

    def is_open(self, at: int) -> bool:
        return self.calendar.is_open(at)


@dataclass(frozen=True)
class Reason:
    contact_reason: str
    contact_reason_name: str
    category: str
    queue_id: str
    weight: float
    self_service_probability: float


@dataclass(frozen=True)
class Team:
    team_id: str
    team_name: str
    department: str
    site_id: str
    skills: dict[str, int]  # queue -> 1 for the team's own work, 2 for work it helps out with
    meeting_day: int
    meeting_at: str
    is_digital: bool = False  # writes with customers instead of talking to them
    holidays: tuple[date, ...] = ()  # on which nobody of the team works


@dataclass(frozen=True)
class Shift:
    """A weekly pattern; one that ends before it starts runs across midnight."""

    days: tuple[int, ...]
    starts_at: str
    ends_at: str
    weeks: tuple[int, ...] = (0, 1)  # 0: the first week and every second after it, 1: the others


@dataclass(frozen=True)
class Assignment:
    team_id: str
    valid_from: int
    valid_to: int | None = None


@dataclass(frozen=True)
class AgentProfile:
    agent_id: str
    agent_name: str
    extension: str
    assignments: tuple[Assignment, ...]
    shifts: tuple[Shift, ...]
    is_new: bool = False
    leaves_phone_ringing: bool = False

    def team_id_at(self, at: int) -> str:
        return next(
            a.team_id for a in self.assignments if a.valid_from <= at and (a.valid_to is None or at < a.valid_to)
        )


@dataclass(frozen=True)
class Market:
    """The customers of one region: when they call, by their own wall clock, and how their numbers look."""

    name: str
    time_zone: str
    customers: int
    calls_per_weekday: float  # first calls; repeats and redials come on top
    hourly_weights: tuple[float, ...]
    day_factors: tuple[float, ...]  # Monday to Sunday

    def calls_per_second(self, at: int) -> float:
        now = local(at, self.time_zone)
        hourly = self.calls_per_weekday * self.hourly_weights[now.hour] / sum(self.hourly_weights)
        return hourly * self.day_factors[now.weekday()] / 3600

    @property
    def most_calls_per_second(self) -> float:
        busiest = max(self.hourly_weights) / sum(self.hourly_weights)
        return self.calls_per_weekday * busiest * max(self.day_factors) / 3600


@dataclass(frozen=True)
class Surge:
    """A disturbance that makes more people than usual call for one reason."""

    contact_reason: str
    starts_at: int
    lasts_seconds: int
    calls: int
    event_id: str = ""


@dataclass(frozen=True)
class PriceChange:
    """For some days more people than usual call for one reason, at the hours at which people call."""

    contact_reason: str
    starts_at: int
    lasts_seconds: int
    calls: int
    event_id: str


@dataclass(frozen=True)
class TrunkFailure:
    """A fault of the provider that leaves fewer lines for a while. Calls in progress stay up."""

    starts_at: int
    lasts_seconds: int
    lines_left: int
    event_id: str = ""
