"""The marts of the workforce hold what the simulation's books of plans, states and employment say, row for row."""

from collections import Counter, defaultdict

import pytest

from scripts.simulate.workforce.books import ABSENT, headcounts

SCHEDULE_COLUMNS = (
    "agent_code, team_code, epoch(interval_start_at), activity_code, "
    "case when activity_code <> 'none' then cast(f.business_date as varchar) end, "
    "scheduled_seconds + scheduled_unjudged_seconds, adherent_seconds, worked_seconds, worked_on_contact_seconds, "
    "overrun_seconds, latest_scheduled_seconds + latest_scheduled_unjudged_seconds, latest_adherent_seconds"
)
MONTH_COLUMNS = (
    "agent_code, team_code, cast(month_start_date as varchar), headcount_open_count, headcount_close_count, "
    "hired_count, left_count, left_voluntary_count, moved_in_count, moved_out_count, absence_planned_seconds, "
    "absence_unplanned_seconds, absence_planned_days, absence_unplanned_days, f.scheduled_seconds / 3600, "
    "f.paid_seconds / 3600"
)
JOINS = """
    from marts.{} as f
    inner join marts.dim_agent using (agent_key)
    inner join marts.dim_team on f.team_key = dim_team.team_key
"""


@pytest.fixture(scope="module")
def intervals(simulated):
    return simulated.workforce.schedule_intervals()


@pytest.fixture(scope="module")
def months(simulated):
    return simulated.workforce.agent_months()


def test_schedule_intervals_equal_the_books(warehouse, intervals):
    in_marts = _rows(warehouse, f"select {SCHEDULE_COLUMNS} {JOINS.format('fact_schedule_intervals')}")
    in_books = {
        _plain(
            row.agent_id, row.team_id, row.interval_start_at, row.activity.lower(),
            row.business_date and row.business_date.isoformat(), row.scheduled, row.adherent, row.worked,
            row.worked_on_contact, row.overrun, row.latest_scheduled, row.latest_adherent,
        )
        for row in intervals
    }  # fmt: skip
    # A quarter hour of unplanned work that only the latest version leaves unplanned holds overtime alone.
    in_marts = {row for row in in_marts if row[3] != "none" or row[7] > 0}
    assert len(in_books) > 10_000
    assert sorted(in_marts - in_books, key=str)[:5] == sorted(in_books - in_marts, key=str)[:5] == []


def test_agent_months_equal_the_books(warehouse, months):
    in_marts = _rows(warehouse, f"select {MONTH_COLUMNS} {JOINS.format('fact_agent_months')}")
    in_books = {
        _plain(
            row.agent_id, row.team_id, row.month.isoformat(), row.open, row.close, row.hired, row.left,
            row.left_voluntary, row.moved_in, row.moved_out, row.absence_planned, row.absence_unplanned,
            row.absence_planned_days, row.absence_unplanned_days, row.scheduled_hours, row.paid_hours,
        )
        for row in months
    }  # fmt: skip
    # A month of employment in which nothing happened, and of which no payroll is known, is a row of zeros.
    assert sorted(in_marts - in_books, key=str)[:5] == sorted(in_books - in_marts, key=str)[:5] == []


def test_the_pay_of_a_site_is_that_of_its_people(warehouse, simulated, months):
    site_of = {team.team_id: team.site_id for team in simulated.books.config.teams}
    name_of = {site.site_id: site.site_name for site in simulated.books.config.sites}
    paid = [row for row in months if row.gross_cost is not None]
    people, cost = Counter(), Counter()
    for row in paid:
        site_month = name_of[site_of[row.team_id]], row.month.isoformat()
        people[site_month] += 1
        cost[site_month] += round(row.gross_cost * 100)
    found = warehouse.execute(
        "select site_name, cast(month_start_date as varchar), paid_person_count, cast(labor_cost * 100 as bigint) "
        "from marts.fact_labor_months"
    ).fetchall()
    assert len(found) >= 2 * 13
    assert set(found) == {(*site_month, people[site_month], cost[site_month]) for site_month in cost}


def test_the_time_in_agent_intervals_is_that_of_the_schedules(warehouse, intervals):
    scheduled, adherent = Counter(), Counter()
    for row in intervals:
        if row.activity not in (*ABSENT, "unknown"):
            scheduled[row.agent_id] += row.scheduled
            adherent[row.agent_id] += row.adherent
    found = warehouse.execute(
        """
        select agent_code, sum(scheduled_seconds), sum(adherent_seconds)
        from marts.fact_agent_intervals inner join marts.dim_agent using (agent_key) group by agent_code
        """
    ).fetchall()
    assert {agent: (float(planned), float(kept)) for agent, planned, kept in found if planned} == {
        agent: (float(scheduled[agent]), float(adherent[agent])) for agent in scheduled if scheduled[agent]
    }


def test_a_person_is_one_across_a_rehire_and_a_shared_log_in_is_nobody(warehouse):
    found = dict(
        warehouse.execute(
            "select agent_code, any_value(person_key) from marts.dim_agent where agent_key >= 0 group by agent_code"
        ).fetchall()
    )
    assert found["A108"] == found["A117"]
    assert found["A190"] == -1
    assert len(set(found.values())) == len(found) - 1


def test_the_damage_is_listed_and_of_every_kind(simulated):
    kinds = Counter((item.file.removeprefix("raw_"), item.kind) for item in simulated.workforce.damage)
    assert set(kinds) == {
        ("schedules", "blank_agent_id"), ("schedules", "unreadable_starts_at"), ("schedules", "ends_before_it_starts"),
        ("schedules", "undocumented_activity"), ("schedules", "exact_duplicate"),
        ("absences", "blank_agent_id"), ("absences", "unreadable_starts_at"), ("absences", "undocumented_type"),
        ("absences", "missing_reported_at"), ("absences", "exact_duplicate"),
        ("employment_events", "superseded_version"), ("employment_events", "blank_agent_id"),
        ("employment_events", "exact_duplicate"),
        ("payroll_months", "blank_agent_id"), ("payroll_months", "unreadable_paid_hours"),
        ("payroll_months", "exact_duplicate"),
    }  # fmt: skip
    assert all(3 <= number <= 10 for number in kinds.values())


def test_the_figures_are_believable(simulated, intervals, months):
    judged = [row for row in intervals if row.activity not in (*ABSENT, "unknown", "none")]
    adherence = sum(row.adherent for row in judged) / sum(row.scheduled for row in judged)
    latest = sum(row.latest_adherent for row in judged) / sum(row.latest_scheduled for row in judged)
    assert 0.80 < adherence < 0.95
    assert adherence < latest < 0.97  # edits after the fact improve it

    of_a_year = [row for row in months if "2025-11" <= row.month.isoformat() < "2026-11"]
    counts = [counts for month, counts in headcounts(months).items() if "2025-11" <= month.isoformat() < "2026-11"]
    mean_headcount = sum(opened + closed for opened, closed in counts) / 2 / len(counts)
    assert 0.25 < sum(row.left for row in of_a_year) / mean_headcount < 0.41

    scheduled = sum(row.scheduled_hours or 0 for row in of_a_year) * 3600
    assert 0.02 < sum(row.absence_unplanned for row in of_a_year) / scheduled < 0.08
    assert 0.05 < sum(row.absence_planned for row in of_a_year) / scheduled < 0.12


def test_nobody_is_away_and_at_work_at_once(simulated):
    """Absences within the simulated weeks are those of agents who did not log in."""
    logins = defaultdict(list)
    for span in simulated.books.spans:
        if span.state == "LOGIN":
            logins[span.agent_id].append(span.started_at)
    for absence in simulated.workforce.books.absences:
        if absence.counts:
            assert not [at for at in logins[absence.agent_id] if absence.starts_at <= at < absence.ends_at - 1800]


def _rows(warehouse, query):
    return {_plain(*row) for row in warehouse.execute(query).fetchall()}


def _plain(*values):
    return tuple(value if value is None or isinstance(value, str) else round(float(value), 4) for value in values)
