"""Who was away when: fourteen months of it, and in the simulated weeks exactly those who did not come."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from scripts.simulate.chance import happens, pick
from scripts.simulate.clock import DAY_SECONDS, at_local, local_text
from scripts.simulate.config import FIRST_DAY
from scripts.simulate.workforce.people import FIRST_MONTH, Job

PLANNED_NOTICE_SECONDS = DAY_SECONDS
# Chance per day of work that an episode begins, and how many days of work it lasts.
EPISODES = {
    "sick": (0.017, (1, 4)),
    "vacation": (0.013, (3, 8)),
    "care": (0.003, (1, 1)),
    "no_show": (0.001, (1, 1)),
    "unpaid": (0.001, (1, 2)),
}
PARENTAL_DAYS_OF_WORK = 40
UNPAID_TYPES = ("unpaid", "parental", "no_show")


@dataclass
class Absence:
    """One day of work, or half of one, on which an agent was away."""

    agent_id: str
    absence_type: str
    day: date
    starts_at: int
    ends_at: int
    reported_at: int | None
    working_days: float = 1.0
    status: str = "approved"
    absence_id: str = ""

    @property
    def seconds(self) -> int:
        return self.ends_at - self.starts_at

    @property
    def is_planned(self) -> bool:
        return self.reported_at is not None and self.starts_at - self.reported_at >= PLANNED_NOTICE_SECONDS

    @property
    def counts(self) -> bool:
        return self.status == "approved"


def history(jobs: list[Job], zone_of: dict[str, str], rng: Random) -> list[Absence]:
    """From September 2025 until the simulated weeks."""
    absences = []
    for_parental = rng.choice([job for job in jobs if job.hired_on < FIRST_MONTH and job.left_on is None]).agent_id
    for job in jobs:
        zone = zone_of[job.agent_id]
        current, days_left, noticed = "", 0, 0
        parental_from = date(2026, 1, 12) if job.agent_id == for_parental else None
        day = FIRST_MONTH
        # The last night before them reaches into the simulated weeks.
        while day < FIRST_DAY - timedelta(days=1):
            for shift, seconds in job.shifts_on(day) if job.is_employed(day) else ():
                starts_at = at_local(day, shift.starts_at, zone)
                if parental_from and day >= parental_from and not days_left:
                    current, days_left, parental_from = "parental", PARENTAL_DAYS_OF_WORK, None
                    noticed = starts_at - 75 * DAY_SECONDS
                elif not days_left:
                    current = next((kind for kind, (chance, _) in EPISODES.items() if happens(rng, chance)), "")
                    if current:
                        days_left = rng.randint(*EPISODES[current][1])
                        noticed = starts_at - notice_seconds(current, rng)
                if days_left:
                    days_left -= 1
                    half = current in ("vacation", "care") and happens(rng, 0.06)
                    ends_at = starts_at + (seconds // 2 if half else seconds)
                    # The second day of an illness is reported on the first, yet nobody planned it.
                    reported_at = max(noticed, starts_at - 16 * 3600) if current == "sick" else noticed
                    absences.append(
                        Absence(job.agent_id, current, day, starts_at, ends_at, reported_at, 0.5 if half else 1.0)
                    )
            day += timedelta(days=1)
    return absences


def turned_down(absences: list[Absence], rng: Random) -> list[Absence]:
    """Requests that came to nothing: as many canceled as rejected, on days that were worked."""
    taken = {(absence.agent_id, absence.day) for absence in absences}
    found = []
    for absence in rng.sample([a for a in absences if a.absence_type == "vacation"], 40):
        day = absence.day + timedelta(days=28)
        if (absence.agent_id, day) in taken or day >= FIRST_DAY or len(found) == 12:
            continue
        shift = 28 * DAY_SECONDS
        found.append(
            Absence(
                absence.agent_id, "vacation", day, absence.starts_at + shift, absence.ends_at + shift,
                absence.reported_at, absence.working_days, "canceled" if len(found) % 2 else "rejected",
            )
        )  # fmt: skip
    return found


def notice_seconds(absence_type: str, rng: Random) -> int:
    """How long before the start it was reported; negative when only afterwards."""
    if absence_type in ("vacation", "parental"):
        return rng.randint(14, 70) * DAY_SECONDS
    if absence_type == "unpaid":
        return rng.randint(5, 12) * DAY_SECONDS
    if absence_type == "care":
        return pick(rng, {2 * DAY_SECONDS: 0.4, 5400: 0.6})
    if absence_type == "no_show":
        return -rng.randint(900, 3600)
    return rng.randint(15, 100) * 60


def absence_rows(absences: list[Absence], zone_of: dict[str, str]) -> list[dict]:
    absences.sort(key=lambda absence: (absence.starts_at, absence.agent_id))
    rows = []
    for number, absence in enumerate(absences, 1):
        absence.absence_id = f"L{number:05d}"
        zone = zone_of[absence.agent_id]
        rows.append(
            {
                "absence_id": absence.absence_id,
                "agent_id": absence.agent_id,
                "absence_type": absence.absence_type,
                "starts_at": local_text(absence.starts_at, zone),
                "ends_at": local_text(absence.ends_at, zone),
                "working_days": f"{absence.working_days:g}",
                "reported_at": local_text(absence.reported_at - absence.reported_at % 60, zone),
                "status": absence.status,
            }
        )
    return rows
