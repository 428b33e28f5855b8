"""How the time of agents is planned, kept and used, and who comes and goes."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from books_kpis.handling import AgentQuarter, agent_quarters
from books_kpis.shelf import Index, Share, Shelf, kpi, reference
from scripts.simulate.damage_list import UNKNOWN_REASON
from scripts.simulate.headline import busy_and_available
from scripts.simulate.ledger import StateSpan
from scripts.simulate.workforce.books import AgentMonth, ScheduleInterval

MONTHS_OF_A_YEAR = 12
SECONDS_OF_AN_HOUR = 3600

# Time at work


def busy_seconds(quarters) -> int:
    return busy_and_available(q.interval for q in quarters)[0]


def staffed_seconds(quarters) -> int:
    return sum(q.interval.staffed for q in quarters)


def handled_while_staffed(quarters) -> int:
    return sum(q.interval.handled_count for q in quarters if q.interval.staffed)


@kpi(agent_quarters)
def occupancy_rate(quarters):
    busy, available = busy_and_available(q.interval for q in quarters)
    return Share(busy, busy + available)


@kpi(agent_quarters)
def staffed_hours(quarters):
    return staffed_seconds(quarters) / SECONDS_OF_AN_HOUR


@kpi(agent_quarters)
def active_work_hours(quarters):
    return busy_seconds(quarters) / SECONDS_OF_AN_HOUR


@kpi(agent_quarters)
def average_idle_time(quarters):
    return Share(sum(q.interval.available for q in quarters), handled_while_staffed(quarters))


@kpi(agent_quarters)
def contacts_per_agent_hour(quarters):
    return Share(handled_while_staffed(quarters), staffed_seconds(quarters) / SECONDS_OF_AN_HOUR)


# States


@dataclass(frozen=True)
class State:
    span: StateSpan
    follows_ringing: bool
    agent_name: str
    team_name: str  # nobody changes team in a state that a KPI looks at

    @property
    def seconds(self) -> int:
        return self.span.ended_at - self.span.started_at

    @property
    def ends_an_offer(self) -> bool:
        """A caller who gave up leaves the agent available; a contact whose record is lost was answered all the same."""
        is_lost = self.span.state == "AUX" and self.span.reason == UNKNOWN_REASON
        return self.follows_ringing and (is_lost or self.span.state in ("ON_CONTACT", "NOT_RESPONDING"))


def states(shelf: Shelf) -> list[State]:
    profiles = {profile.agent_id: profile for profile in shelf.config.agents}
    spans_of = defaultdict(list)
    for span in shelf.books.spans:
        spans_of[span.agent_id].append(span)
    found = []
    for agent_id, spans in spans_of.items():
        spans.sort(key=lambda span: (span.started_at, span.event_id))
        follows_ringing = {
            id(span): before.state == "RINGING" and before.ended_at == span.started_at
            for before, span in pairwise([s for s in spans if s.ended_at > s.started_at])
        }
        for span in spans:
            team_name = shelf.team_names[profiles[agent_id].team_id_at(span.started_at)]
            found.append(State(span, follows_ringing.get(id(span), False), shelf.agent_names[agent_id], team_name))
    return found


@kpi(states)
def break_hours(entered):
    return sum(s.seconds for s in entered if s.span.reason in ("BREAK", "LUNCH")) / SECONDS_OF_AN_HOUR


@kpi(states)
def ring_no_answer_rate(entered):
    offers = [s for s in entered if s.ends_an_offer]
    return Share(sum(s.span.state == "NOT_RESPONDING" for s in offers), len(offers))


# Plans


@dataclass(frozen=True)
class Planned:
    """One activity of one agent in one quarter hour."""

    interval: ScheduleInterval
    team_name: str
    agent_name: str

    @property
    def activity_name(self) -> str:
        return self.rules["activity_name"]

    @property
    def rules(self) -> dict[str, str]:
        return activities()[self.interval.activity.lower()]

    @property
    def is_judged(self) -> bool:
        return self.rules["is_adherence_counted"] == "true"

    @property
    def is_paid(self) -> bool:
        return self.rules["is_paid"] == "true"

    @property
    def is_on_contact_time(self) -> bool:
        return self.rules["is_on_contact_time"] == "true"


@cache
def activities() -> dict[str, dict[str, str]]:
    return {row["activity_code"]: row for row in reference("schedule_activities")}


def planned(shelf: Shelf) -> list[Planned]:
    return [
        Planned(row, shelf.team_names[row.team_id], shelf.agent_names[row.agent_id])
        for row in shelf.workforce.schedule_intervals()
    ]


@kpi(planned)
def schedule_adherence(plans):
    judged = [plan.interval for plan in plans if plan.is_judged]
    return Share(sum(row.adherent for row in judged), sum(row.scheduled for row in judged))


@kpi(planned)
def schedule_conformance(plans):
    worked = sum(plan.interval.worked_on_contact for plan in plans)
    return Share(worked, sum(plan.interval.scheduled for plan in plans if plan.is_on_contact_time))


@dataclass(frozen=True)
class PaidTime:
    """Busy time of an agent's quarter hour, or paid time of its latest plan."""

    busy: int
    paid: int
    team_name: str
    agent_name: str


def paid_time(shelf: Shelf) -> list[PaidTime]:
    quarters: list[AgentQuarter] = shelf.entries(agent_quarters)
    return [
        *(PaidTime(busy_seconds([q]), 0, q.team_name, q.agent_name) for q in quarters),
        *(
            PaidTime(0, p.interval.latest_scheduled, p.team_name, p.agent_name)
            for p in shelf.entries(planned)
            if p.is_paid
        ),
    ]


@kpi(paid_time)
def utilization_rate(times):
    return Share(sum(time.busy for time in times), sum(time.paid for time in times))


@dataclass(frozen=True)
class PlannedDay:
    """What the latest plan of an agent says, by activity, or how long the agent worked beside every plan."""

    activity: str
    seconds: int
    agent_name: str

    @property
    def shrinkage_kind(self) -> str:
        return activities()[self.activity]["shrinkage_kind"]

    @property
    def is_in_base(self) -> bool:
        return activities()[self.activity]["is_paid"] == "true" or self.shrinkage_kind == "external"


def planned_days(shelf: Shelf) -> list[PlannedDay]:
    """Overtime is time at work that the latest plan does not name."""
    latest = defaultdict(list)
    for day in shelf.workforce.damaged_books.days:
        if day.latest:
            latest[day.agent_id] += day.latest.activities
    found = []
    for agent_id, plan in latest.items():
        found += [PlannedDay(a.code.lower(), a.ends_at - a.starts_at, shelf.agent_names[agent_id]) for a in plan]
    for span in shelf.books.spans:
        under_a_plan = sum(
            max(0, min(span.ended_at, a.ends_at) - max(span.started_at, a.starts_at)) for a in latest[span.agent_id]
        )
        found.append(
            PlannedDay("none", span.ended_at - span.started_at - under_a_plan, shelf.agent_names[span.agent_id])
        )
    return found


@kpi(planned_days)
def shrinkage_rate(days):
    lost = sum(day.seconds for day in days if day.shrinkage_kind in ("internal", "external"))
    return Share(lost, sum(day.seconds for day in days if day.is_in_base))


# Productivity


@dataclass(frozen=True)
class Effort:
    """Something of one agent that a part of the index counts: what was reached, over how much."""

    part: str
    reached: float
    over: float
    team_name: str


def efforts(shelf: Shelf) -> list[Effort]:
    """Scripts count for the team in which the agent was when the contact began."""
    profiles = {profile.agent_id: profile for profile in shelf.config.agents}

    def team_name(row: dict) -> str:
        evaluation = next(e for e in shelf.raw_voice.evaluations if e.evaluation_id == row["evaluation_id"])
        contact = shelf.contacts.get(row["contact_id"])
        at = contact.started_at if contact else evaluation.evaluated_at
        return shelf.team_names[profiles[row["agent_id"]].team_id_at(at)]

    hours = SECONDS_OF_AN_HOUR
    return [
        *(
            Effort("contacts_per_agent_hour", q.interval.handled_count, q.interval.staffed / hours, q.team_name)
            for q in shelf.entries(agent_quarters)
            if q.interval.staffed
        ),
        *(
            Effort("schedule_adherence", p.interval.adherent, p.interval.scheduled, p.team_name)
            for p in shelf.entries(planned)
            if p.is_judged
        ),
        *(
            Effort("script_usage_rate", row["script_passed"], row["script_items"], team_name(row))
            for row in shelf.voice.evaluations()
            if row["agent_id"] in profiles
        ),
    ]


@kpi(efforts)
def agent_productivity_index(made):
    """Each part against its target, by weight; a part of which there is nothing has none."""
    parts = []
    for setting in reference("productivity_weights"):
        own = [effort for effort in made if effort.part == setting["part"]]
        if over := sum(effort.over for effort in own):
            reached = sum(effort.reached for effort in own) / over / float(setting["target"])
            parts.append((float(setting["weight"]), reached))
    return Index(100 * sum(weight * reached for weight, reached in parts) / sum(weight for weight, _ in parts))


# Months of employment


@dataclass(frozen=True)
class Month:
    row: AgentMonth
    team_name: str
    site_name: str


def agent_months(shelf: Shelf) -> list[Month]:
    return [
        Month(row, shelf.team_names[row.team_id], shelf.site_names[row.team_id])
        for row in shelf.workforce.agent_months()
    ]


def mean_headcounts(months) -> float:
    """Added up over months: twelve times what a year's mean is."""
    return sum(month.row.open + month.row.close for month in months) / 2


@kpi(agent_months)
def absenteeism_rate(months):
    known = [month.row for month in months if month.row.scheduled_hours is not None]
    scheduled = sum(row.scheduled_hours for row in known) * SECONDS_OF_AN_HOUR
    return Share(sum(row.absence_unplanned for row in known), scheduled)


@kpi(agent_months)
def absence_days_per_agent(months):
    days = sum(month.row.absence_unplanned_days for month in months)
    return Share(MONTHS_OF_A_YEAR * days, mean_headcounts(months))


@kpi(agent_months)
def agent_turnover_rate(months):
    return Share(MONTHS_OF_A_YEAR * sum(month.row.left for month in months), mean_headcounts(months))
