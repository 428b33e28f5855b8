"""What was planned, how it was kept, and who was employed: tallied from the plans and the state spans themselves.

Seconds are looked up one by one: every second of an agent has one state, and every planned second one activity.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from scripts.simulate.books import Books
from scripts.simulate.clock import local, split_by_interval
from scripts.simulate.config import Config
from scripts.simulate.workforce.absences import Absence
from scripts.simulate.workforce.payroll import PayrollMonth
from scripts.simulate.workforce.people import Job, months, next_month
from scripts.simulate.workforce.schedules import AgentDay, Version

# One byte per second of an agent.
AWAY, OPEN, ON_CONTACT, AFTER_CONTACT, OTHER = 0, 1, 2, 3, 4
IN_PAUSE = {"BREAK": 5, "LUNCH": 6, "MEETING": 7, "TRAINING": 8}
CODE_OF_STATE = {"AVAILABLE": OPEN, "RINGING": OPEN, "ON_CONTACT": ON_CONTACT, "AFTER_CONTACT_WORK": AFTER_CONTACT}
OPEN_FOR_CONTACTS = (OPEN, ON_CONTACT, AFTER_CONTACT)
# What is planned, and the bytes that keep it. Who is away at lunch has kept it, too.
KEPT_BY = {
    "ON_QUEUE": OPEN_FOR_CONTACTS,
    "LUNCH": (IN_PAUSE["LUNCH"], AWAY),
    "BREAK": (IN_PAUSE["BREAK"],),
    "MEETING": (IN_PAUSE["MEETING"],),
    "TRAINING": (IN_PAUSE["TRAINING"],),
}
ABSENT = ("VACATION", "SICK", "ABSENT")


@dataclass
class ScheduleInterval:
    agent_id: str
    team_id: str
    interval_start_at: int
    activity: str  # "none" for time at work that no plan names
    business_date: date | None
    scheduled: int = 0
    adherent: int = 0
    worked: int = 0
    worked_on_contact: int = 0
    overrun: int = 0
    latest_scheduled: int = 0
    latest_adherent: int = 0


@dataclass
class AgentMonth:
    agent_id: str
    team_id: str
    month: date
    open: int = 0
    close: int = 0
    hired: int = 0
    left: int = 0
    left_voluntary: int = 0
    moved_in: int = 0
    moved_out: int = 0
    absence_planned: int = 0
    absence_unplanned: int = 0
    absence_planned_days: float = 0.0
    absence_unplanned_days: float = 0.0
    scheduled_hours: float | None = None
    paid_hours: float | None = None
    gross_cost: float | None = None


@dataclass
class WorkforceBooks:
    config: Config
    days: list[AgentDay]
    absences: list[Absence]
    jobs: list[Job]
    payroll: list[PayrollMonth]

    def schedule_intervals(self, books: Books) -> list[ScheduleInterval]:
        """`books` are those of the calls, for the states."""
        clocks = {profile.agent_id: _Clock(books, profile.agent_id) for profile in self.config.agents}
        rows: dict[tuple, ScheduleInterval] = {}

        def row(agent_id: str, at: int, interval: int, activity: str, business_date=None) -> ScheduleInterval:
            team_id = self._profile(agent_id).team_id_at(at)
            key = (agent_id, team_id, interval, activity)
            found = rows.setdefault(key, ScheduleInterval(*key, business_date))
            if business_date and (found.business_date is None or business_date < found.business_date):
                found.business_date = business_date
            return found

        for day in self.days:
            for version, is_in_force in ((day.in_force, True), (day.latest, False)):
                for activity in version.activities if version else ():
                    clock = clocks[day.agent_id]
                    overrun_until = clock.overrun_until(activity) if activity.code in KEPT_BY else activity.starts_at
                    for starts_at, ends_at in self._pieces(day.agent_id, activity.starts_at, activity.ends_at):
                        interval = starts_at - starts_at % 900
                        found = row(day.agent_id, starts_at, interval, activity.code, day.business_date)
                        overrun = max(0, min(ends_at, overrun_until) - starts_at)
                        kept = clock.count(starts_at + overrun, ends_at, KEPT_BY.get(activity.code, ())) + overrun
                        if is_in_force:
                            found.scheduled += ends_at - starts_at
                            found.adherent += kept
                            found.worked += clock.count(starts_at, ends_at, _own_states(activity.code))
                            found.worked_on_contact += clock.count(starts_at, ends_at, OPEN_FOR_CONTACTS)
                            found.overrun += overrun
                        else:
                            found.latest_scheduled += ends_at - starts_at
                            found.latest_adherent += kept
        for agent_id, clock in clocks.items():
            clock.forget([day.in_force for day in self.days if day.agent_id == agent_id])
            for starts_at, ends_at in clock.at_work():
                for piece_starts_at, piece_ends_at in self._pieces(agent_id, starts_at, ends_at):
                    found = row(agent_id, piece_starts_at, piece_starts_at - piece_starts_at % 900, "none")
                    found.worked += piece_ends_at - piece_starts_at
                    found.worked_on_contact += clock.count(piece_starts_at, piece_ends_at, OPEN_FOR_CONTACTS)
        return [rows[key] for key in sorted(rows)]

    def agent_months(self) -> list[AgentMonth]:
        rows: dict[tuple, AgentMonth] = {}

        def row(agent_id: str, team_id: str, month: date) -> AgentMonth:
            return rows.setdefault((agent_id, team_id, month), AgentMonth(agent_id, team_id, month))

        for job in self.jobs:
            for month in months():
                before, last = month - timedelta(days=1), next_month(month) - timedelta(days=1)
                if job.is_employed(before) and job.left_on != before:
                    row(job.agent_id, job.team_on(before), month).open = 1
                if job.is_employed(last) and job.left_on != last:
                    row(job.agent_id, job.team_on(last), month).close = 1
                if month <= job.hired_on <= last:
                    row(job.agent_id, job.team_on(job.hired_on), month).hired = 1
                if job.left_on and month <= job.left_on <= last:
                    found = row(job.agent_id, job.team_on(job.left_on), month)
                    found.left, found.left_voluntary = 1, int(job.leaving_kind == "voluntary")
                for since, team_id in job.teams[1:]:
                    if month <= since <= last:
                        row(job.agent_id, team_id, month).moved_in = 1
                        row(job.agent_id, job.team_on(since - timedelta(days=1)), month).moved_out = 1
        jobs = {job.agent_id: job for job in self.jobs}
        for absence in self.absences:
            month = absence.day.replace(day=1)
            if absence.counts and month in months():
                found = row(absence.agent_id, self._team_at(jobs[absence.agent_id], absence.starts_at), month)
                kind = "planned" if absence.is_planned else "unplanned"
                setattr(found, f"absence_{kind}", getattr(found, f"absence_{kind}") + absence.seconds)
                days = getattr(found, f"absence_{kind}_days") + absence.working_days
                setattr(found, f"absence_{kind}_days", days)
        for paid in self.payroll:
            job = jobs[paid.agent_id]
            last = next_month(paid.month) - timedelta(days=1)
            found = row(paid.agent_id, job.team_on(min(last, job.left_on or last)), paid.month)
            found.scheduled_hours, found.paid_hours = paid.scheduled_hours, paid.paid_hours
            found.gross_cost = paid.gross_cost
        return [rows[key] for key in sorted(rows)]

    def _profile(self, agent_id: str):
        return next(profile for profile in self.config.agents if profile.agent_id == agent_id)

    def _team_at(self, job: Job, at: int) -> str:
        profile = next((p for p in self.config.agents if p.agent_id == job.agent_id), None)
        if profile is not None:
            return profile.team_id_at(max(at, profile.assignments[0].valid_from))
        return job.team_on(local(at, "Europe/Dublin" if job.site_id == "dub" else "America/New_York").date())

    def _pieces(self, agent_id: str, starts_at: int, ends_at: int):
        """Cut at quarter hours and where the agent changes team."""
        for assignment in self._profile(agent_id).assignments:
            first, last = max(starts_at, assignment.valid_from), min(ends_at, assignment.valid_to or ends_at)
            at = first
            for _, seconds in split_by_interval(first, last):
                yield at, at + seconds
                at += seconds


class _Clock:
    """The state of one agent at every second of the simulation."""

    def __init__(self, books: Books, agent_id: str):
        self._from = books.config.opens_at - 20 * 86_400
        self._states = bytearray(books.config.ends_at + 2 * 86_400 - self._from)
        for span in books.spans:
            if span.agent_id == agent_id:
                code = IN_PAUSE.get(span.reason, OTHER) if span.state == "AUX" else CODE_OF_STATE.get(span.state, OTHER)
                length = span.ended_at - span.started_at
                self._states[span.started_at - self._from : span.ended_at - self._from] = bytes([code]) * length

    def count(self, starts_at: int, ends_at: int, codes: tuple[int, ...]) -> int:
        part = self._states[starts_at - self._from : max(starts_at, ends_at) - self._from]
        return sum(part.count(code) for code in codes)

    def overrun_until(self, activity) -> int:
        """The end of a contact, and of the work after it, that began before a planned pause did."""
        at = activity.starts_at - self._from
        before, now = self._states[at - 1], self._states[at]
        if activity.code == "ON_QUEUE" or now not in (ON_CONTACT, AFTER_CONTACT):
            return activity.starts_at
        if before != now and not (before == ON_CONTACT and now == AFTER_CONTACT):
            return activity.starts_at
        while self._states[at] == ON_CONTACT:
            at += 1
        while self._states[at] == AFTER_CONTACT:
            at += 1
        return at + self._from

    def forget(self, versions: list[Version | None]) -> None:
        """Leave only the seconds that none of the plans names."""
        for version in versions:
            for activity in version.activities if version else ():
                length = activity.ends_at - activity.starts_at
                self._states[activity.starts_at - self._from : activity.ends_at - self._from] = bytes(length)

    def at_work(self):
        starts_at = None
        for offset, code in enumerate(self._states):
            if code != AWAY and starts_at is None:
                starts_at = offset
            elif code == AWAY and starts_at is not None:
                yield starts_at + self._from, offset + self._from
                starts_at = None


def _own_states(activity: str) -> tuple[int, ...]:
    return tuple(code for code in KEPT_BY.get(activity, ()) if code != AWAY)


def headcounts(rows: list[AgentMonth]) -> dict[date, tuple[int, int]]:
    """Month -> (at the beginning, at the end)."""
    found = defaultdict(lambda: (0, 0))
    for row in rows:
        found[row.month] = (found[row.month][0] + row.open, found[row.month][1] + row.close)
    return dict(found)
