"""Who was employed when, in which team, at which cost: the agents of the center and those who left before."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from scripts.simulate.chance import happens
from scripts.simulate.clock import at_local, local, utc_text
from scripts.simulate.config import FIRST_DAY, Config
from scripts.simulate.model import MON_TO_FRI, AgentProfile, Shift

# The personnel office's records begin here; the last month is the last whole one of the sample.
FIRST_MONTH = date(2025, 9, 1)
LAST_MONTH = date(2026, 10, 1)
CURRENCIES = {"nyc": "USD", "dub": "EUR"}
HOURLY_COSTS = {"nyc": (23.5, 31.0), "dub": (18.5, 25.0)}
YEARLY_RAISE_ON = date(2026, 1, 1)
UNPAID_LUNCH_SECONDS = 1800  # of shifts of six hours and more


@dataclass
class Job:
    """One employment under one agent id."""

    agent_id: str
    agent_name: str
    person_id: str
    site_id: str
    teams: list[tuple[date, str]]  # (from, team), in order
    shifts: tuple[Shift, ...]
    left_on: date | None = None  # the last day of work
    leaving_kind: str = ""
    is_rehire: bool = False
    rates: list[tuple[date, float]] = field(default_factory=list)

    @property
    def hired_on(self) -> date:
        return self.teams[0][0]

    def team_on(self, day: date) -> str:
        return [team for since, team in self.teams if since <= day][-1]

    def rate_on(self, day: date) -> float:
        return [rate for since, rate in self.rates if since <= day][-1]

    def is_employed(self, day: date) -> bool:
        return self.hired_on <= day and (self.left_on is None or day <= self.left_on)

    @property
    def contract_hours(self) -> float:
        two_weeks = [FIRST_DAY + timedelta(days=number) for number in range(14)]
        return round(sum(seconds for day in two_weeks for _, seconds in self.shifts_on(day)) / 2 / 3600, 1)

    def shifts_on(self, day: date) -> list[tuple[Shift, int]]:
        """The shifts that the weekly pattern places on a day, with their length by the wall clock."""
        found = []
        for shift in self.shifts:
            if day.weekday() in shift.days and (day - FIRST_DAY).days // 7 % 2 in shift.weeks:
                starts, ends = (int(text[:2]) * 60 + int(text[3:]) for text in (shift.starts_at, shift.ends_at))
                found.append((shift, ((ends - starts) % 1440) * 60))
        return found


def _former(agent_id, name, person_id, site_id, teams, hours, left_on, leaving_kind, is_rehire=False) -> Job:
    return Job(
        agent_id, name, person_id, site_id, teams, (Shift(MON_TO_FRI, *hours),), left_on, leaving_kind, is_rehire
    )


def former_jobs() -> list[Job]:
    """Those who left between September 2025 and August 2026. One came back, under a new agent id, and left again."""
    return [
        _former("A106", "Selene Marchetti", "P2006", "nyc", [(date(2024, 5, 13), "ny_service")],
                ("09:00", "15:30"), date(2025, 10, 31), "voluntary"),
        _former("A108", "Tobias Grenholm", "P2008", "nyc", [(date(2024, 9, 2), "ny_technical")],
                ("12:00", "18:30"), date(2025, 12, 12), "voluntary"),
        _former("A109", "Uma Castellan", "P2009", "nyc", [(date(2025, 10, 13), "ny_service")],
                ("10:00", "16:00"), date(2026, 1, 30), "involuntary"),
        _former("A110", "Viktor Aldana", "P2010", "nyc", [(date(2025, 1, 13), "ny_technical")],
                ("08:30", "15:00"), date(2026, 5, 15), "voluntary"),
        _former("A117", "Tobias Grenholm", "P2008", "nyc", [(date(2026, 3, 16), "ny_technical")],
                ("12:00", "18:30"), date(2026, 8, 28), "voluntary", is_rehire=True),
        _former("A204", "Wren Gallowhill", "P3004", "dub",
                [(date(2024, 3, 4), "dub_service"), (date(2026, 2, 2), "dub_technical")],
                ("10:00", "16:00"), date(2026, 7, 31), "voluntary"),
        _former("A205", "Xenia Pryce", "P3005", "dub", [(date(2025, 11, 24), "dub_technical")],
                ("11:00", "17:00"), date(2026, 6, 12), "involuntary"),
        _former("A206", "Yorick Dunmarra", "P3006", "dub", [(date(2024, 6, 10), "dub_service")],
                ("09:00", "15:00"), date(2026, 3, 31), "voluntary"),
    ]  # fmt: skip


def present_job(config: Config, profile: AgentProfile) -> Job:
    zone = config.zone_of(profile)
    teams = [(local(each.valid_from, zone).date(), each.team_id) for each in profile.assignments]
    site_id = config.team(profile.assignments[0].team_id).site_id
    return Job(profile.agent_id, profile.agent_name, f"P1{profile.agent_id[1:]}", site_id, teams, profile.shifts)


def all_jobs(config: Config, rng: Random) -> list[Job]:
    jobs = [*(present_job(config, profile) for profile in config.agents), *former_jobs()]
    for job in jobs:
        rate = round(rng.uniform(*HOURLY_COSTS[job.site_id]), 2)
        job.rates = [(job.hired_on, rate)]
        if job.hired_on < YEARLY_RAISE_ON and (job.left_on is None or job.left_on > YEARLY_RAISE_ON):
            job.rates.append((YEARLY_RAISE_ON, round(rate * rng.uniform(1.02, 1.045), 2)))
    return jobs


def event_rows(jobs: list[Job], rng: Random) -> list[dict]:
    rows = []

    def add(job: Job, event_type: str, day: date, leaving_kind: str = "") -> None:
        recorded_on = day - timedelta(days=rng.randint(1, 20))
        rows.append(
            {
                "event_id": "",
                "agent_id": job.agent_id,
                "person_id": job.person_id,
                "event_type": event_type,
                "effective_on": day.isoformat(),
                "team_id": job.team_on(day),
                "hourly_cost": f"{job.rate_on(day):.2f}",
                "currency": CURRENCIES[job.site_id],
                "leaving_kind": leaving_kind,
                "contract_hours_per_week": f"{job.contract_hours:.1f}",
                "recorded_at": f"{recorded_on.isoformat()}T{rng.randint(9, 16):02d}:{rng.randint(0, 59):02d}:00Z",
            }
        )

    for job in jobs:
        add(job, "rehired" if job.is_rehire else "hired", job.hired_on)
        for since, _ in job.teams[1:]:
            add(job, "moved", since)
        for since, _ in job.rates[1:]:
            add(job, "rate_changed", since)
        if job.left_on:
            add(job, "left", job.left_on, job.leaving_kind)
    rows.sort(key=lambda row: (row["recorded_at"], row["agent_id"]))
    for number, row in enumerate(rows, 1):
        row["event_id"] = f"H{number:04d}"
    return rows


def former_agent_rows(zone_of_site: dict[str, str]) -> list[dict]:
    """Their entries in the directory of agents, in the words of `records.reference_tables`."""
    rows = []
    for job in former_jobs():
        zone = zone_of_site[job.site_id]
        starts = [at_local(since, "09:00", zone) for since, _ in job.teams]
        ends = [*starts[1:], at_local(job.left_on, "24:00", zone)]
        for (_, team_id), valid_from, valid_to in zip(job.teams, starts, ends, strict=True):
            rows.append(
                {
                    "agent_id": job.agent_id,
                    "agent_name": job.agent_name,
                    "team_id": team_id,
                    "extension": f"5{job.agent_id[1:]}",
                    "valid_from": utc_text(valid_from),
                    "valid_to": utc_text(valid_to),
                }
            )
    return rows


def shared_login_row() -> dict:
    """The training room's log-in, which belongs to nobody."""
    return {
        "agent_id": "A190",
        "agent_name": "Training Room",
        "team_id": "ny_service",
        "extension": "5190",
        "valid_from": utc_text(at_local(date(2025, 1, 6), "09:00", "America/New_York")),
        "valid_to": "",
    }


def months() -> list[date]:
    found, month = [], FIRST_MONTH
    while month <= LAST_MONTH:
        found.append(month)
        month = next_month(month)
    return found


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def days_of(month: date) -> list[date]:
    return [month + timedelta(days=n) for n in range((next_month(month) - month).days)]


def is_overtime_month(rng: Random) -> bool:
    return happens(rng, 0.35)
