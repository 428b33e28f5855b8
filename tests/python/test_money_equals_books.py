"""Customers, costs, days and events in the marts are what the money books say, with the listed damage applied."""

import os
from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from scripts.simulate.clock import utc_seconds, utc_text
from scripts.simulate.config import FIRST_DAY, SERVICE_LEVEL_SECONDS_OF, VOICE_CHANNELS
from scripts.simulate.customers import TEST_NUMBER
from scripts.simulate.money.entries import COUNTS, UNKNOWN
from scripts.simulate.money.rendering import COSTS, CUSTOMERS, EVENTS, TOTALS, money_tables

SITE_NAMES = {"nyc": "New York", "dub": "Dublin"}


@pytest.fixture(scope="module")
def money(simulated):
    return simulated.damaged_money


def hashed(identifier: str) -> str:
    return sha256(f"{os.environ.get('CONTACT_CENTER_SALT', 'sample-salt')}:{identifier}".encode()).hexdigest()


def same(in_marts, in_books) -> None:
    in_marts, in_books = set(in_marts), list(in_books)
    assert in_books
    assert len(in_books) == len(set(in_books)), "two entries of the books are alike"
    in_books = set(in_books)
    assert sorted(in_marts - in_books, key=str)[:5] == sorted(in_books - in_marts, key=str)[:5] == []


# The marts


def test_customers(money, warehouse):
    same(
        warehouse.execute(
            """
            select customer_hash, segment, market, customer_since, churned_on, is_current
            from marts.dim_customer where is_listed
            """
        ).fetchall(),
        [
            (hashed(e.customer_id), e.segment, e.market, e.customer_since, e.churned_on, e.churned_on is None)
            for e in money.customers
        ],
    )


def test_every_contact_is_known_as_surely_as_its_number_allows(simulated, money, warehouse):
    identities = money.identity_of_numbers()

    def identity(number: str) -> tuple[str, str]:
        if not number:
            return "anonymous", "not identified"
        confidence, customer_id = identities.get(number, ("likely", number))
        return confidence, hashed(customer_id) if customer_id else "not identified"

    same(
        warehouse.execute(
            """
            select source_contact_id, identity_confidence, customer_hash
            from marts.fact_contacts inner join marts.dim_customer using (customer_key)
            where left(source_contact_id, 1) in ('C', 'O')
            """
        ).fetchall(),
        [
            (c.contact_id, *identity(c.customer_number))
            for c in simulated.damaged_books.contacts
            if c.channel in VOICE_CHANNELS
        ],
    )


def test_customer_months(money, warehouse):
    first = min(e.churned_on for e in money.customers if e.churned_on).replace(day=1)
    rows = money.customer_months(first, max(line.month for line in money.cost_lines))
    same(
        warehouse.execute(
            """
            select segment, market, month_start_date, open_count, joined_count, churned_count, close_count
            from marts.fact_customer_months
            where open_count + joined_count + churned_count + close_count > 0
            """
        ).fetchall(),
        [(*key, row["open"], row["joined"], row["churned"], row["close"]) for key, row in rows.items()],
    )


def test_costs_equal_the_ledger_to_the_cent(money, warehouse):
    same(
        warehouse.execute(
            """
            select month_start_date, site_name, account_code, sum(amount)
            from marts.fact_cost_months group by all
            """
        ).fetchall(),
        [
            (month, SITE_NAMES[site_id], account, Decimal(cents) / 100)
            for (month, site_id, account), cents in money.ledger_cents().items()
        ],
    )


def test_wages_are_divided_by_the_seconds_on_contacts(simulated, money, warehouse):
    """In whatever channel they were; the rest of the time that agents were there is idle."""
    books, config = simulated.damaged_books, simulated.books.config
    site_of = {team.team_id: SITE_NAMES[team.site_id] for team in config.teams}
    october = range(utc_seconds("2026-10-01T04:00:00Z"), utc_seconds("2026-11-01T04:00:00Z"))
    staffed, busy = Counter(), Counter()
    for interval in books.agent_intervals():
        if interval.interval_start_at in october:
            staffed[site_of[interval.team_id]] += interval.staffed
            busy[site_of[interval.team_id]] += interval.on_contact + interval.after_contact_work
    for site_name, cost in warehouse.execute(
        """
        select site_name, sum(case when is_allocated then amount end) / sum(amount)
        from marts.fact_cost_months
        where account_code = 'wages' and month_start_date = date '2026-10-01'
        group by all
        """
    ).fetchall():
        # Work that goes on after the log-out, and that of lost contacts, is in one of the two only.
        assert float(cost) == pytest.approx(busy[site_name] / staffed[site_name], abs=0.01)


def test_daily_totals(money, warehouse):
    components = [name if name.endswith("_seconds") else f"{name}_count" for name in COUNTS]
    expected: dict[tuple, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for total in money.daily_totals:
        sums = expected[total.date, total.queue_id, total.channel]
        for place, name in enumerate(COUNTS):
            sums[place] += getattr(total, name) or 0
    same(
        warehouse.execute(
            f"""
            select offered_date, queue_code, channel_code, {", ".join(components)}
            from marts.fact_queue_days
            inner join marts.dim_queue using (queue_key)
            inner join marts.dim_channel using (channel_key)
            where is_from_totals
            """
        ).fetchall(),
        [(*key, *sums) for key, sums in expected.items()],
    )


def test_events(money, warehouse):
    same(
        warehouse.execute(
            """
            select source_event_id, event_type, event_name, epoch(starts_at), epoch(ends_at)
            from marts.dim_business_event
            """
        ).fetchall(),
        [(e.event_id, e.event_type, e.name, e.starts_at, e.ends_at) for e in money.events],
    )


@pytest.mark.parametrize("event_id", ["EV06", "EV08", "EV09"])
def test_the_excess_of_an_event_is_what_it_caused(event_id, money, warehouse):
    """Callers who hang up before they say why are in no reason, and an ordinary hour is never quite ordinary."""
    volume, comparison, windows = warehouse.execute(
        """
        select volume_count, comparison_volume_count, comparison_window_count
        from marts.fact_business_event_volumes inner join marts.dim_business_event using (business_event_key)
        where source_event_id = ?
        """,
        [event_id],
    ).fetchone()
    caused = next(event.caused_contacts for event in money.events if event.event_id == event_id)
    assert windows >= 3
    assert volume - comparison / windows == pytest.approx(caused, rel=0.35)


def test_lost_lines_block_more_than_ever(warehouse):
    blocked, comparison = warehouse.execute(
        """
        select blocked_count, comparison_blocked_count
        from marts.fact_business_event_volumes inner join marts.dim_business_event using (business_event_key)
        where source_event_id = 'EV07'
        """
    ).fetchone()
    assert blocked > 5 * max(1, comparison)


# The simulation


def test_books_and_damage_are_listed(simulated):
    files = (CUSTOMERS, COSTS, TOTALS)
    kinds = {item.kind for item in simulated.damage if item.file in files}
    assert len(kinds) == 11
    for file in files:
        fates = simulated.row_accounting[file]
        assert fates["rows_in"] == len(simulated.raw_tables[file])
        assert fates["rows_in"] == sum(count for fate, count in fates.items() if fate != "rows_in")


def test_seeds_of_money_stay_small(simulated):
    def size(name: str) -> int:
        return sum(len(",".join(map(str, row.values()))) + 1 for row in simulated.raw_tables[name])

    assert size(CUSTOMERS) < 330_000
    assert size(TOTALS) < 220_000
    assert size(COSTS) + size(EVENTS) < 20_000


def test_churn_is_believable(simulated):
    customers = simulated.money.customers
    months = Counter(entry.churned_on.replace(day=1) for entry in customers if entry.churned_on)
    whole_months = sorted(months)[:-1]
    present = sum(entry.churned_on is None for entry in customers)
    assert all(0.005 < months[month] / present < 0.02 for month in whole_months)


def test_nobody_calls_after_having_left(simulated):
    left_at = {
        entry.customer_id: utc_seconds(f"{entry.churned_on + timedelta(days=1)}T05:00:00Z")
        for entry in simulated.money.customers
        if entry.churned_on
    }
    late = [c for c in simulated.books.contacts if c.started_at > left_at.get(c.customer_id, c.started_at)]
    assert late == []


def test_some_switchboards_are_shared_and_used(simulated):
    identities = simulated.money.identity_of_numbers()
    shared = [c for c in simulated.books.contacts if identities.get(c.customer_number, ("",))[0] == "shared"]
    assert 0.003 < len(shared) / len(simulated.books.contacts) < 0.03
    assert TEST_NUMBER not in identities


def test_a_contact_costs_what_contacts_cost(simulated):
    cents = sum(
        line.cents
        for line in simulated.money.cost_lines
        if line.month == simulated.money.cost_lines[-1].month.replace(month=10, year=2026)
    )
    contacts = sum(utc_text(c.started_at).startswith("2026-10") for c in simulated.books.contacts if not c.is_blocked)
    # October lacks four days.
    assert 5 < cents / 100 / (contacts * 31 / 27) < 12


def test_the_year_before_leads_up_to_the_simulated_weeks(simulated):
    totals = [total for total in simulated.money.daily_totals if total.channel in VOICE_CHANNELS]
    per_month = Counter()
    for total in totals:
        per_month[total.date.replace(day=1)] += total.offered
    months = dict(sorted(per_month.items())[1:-1])
    assert max(months, key=months.get).month == 12
    assert min(months, key=months.get).month in (8, 11, 2)
    visits = sum(
        count for (_, channel), count in offered_per_queue_and_channel(simulated).items() if channel in VOICE_CHANNELS
    )
    five_weeks = totals[0].date + timedelta(weeks=5)
    assert 0.8 < sum(total.offered for total in totals if total.date < five_weeks) / visits < 1.1


def test_every_channel_of_every_queue_has_days_before(simulated):
    """The last five weeks before are like the simulated ones, which lie in a somewhat busier season."""
    totals = simulated.money.daily_totals
    visits_of = offered_per_queue_and_channel(simulated)
    assert {(total.queue_id, total.channel) for total in totals} >= {key for key in visits_of if visits_of[key] >= 10}
    before = Counter()
    for total in totals:
        if total.date >= FIRST_DAY - timedelta(weeks=5):
            before[total.queue_id, total.channel] += total.offered
    for key, visits in visits_of.items():
        assert before[key] == pytest.approx(visits, rel=0.2, abs=3 * visits**0.5)


def test_every_total_is_of_one_outcome(simulated):
    for total in simulated.money.daily_totals:
        assert total.offered == (
            total.answered + total.abandoned + total.short_abandoned + total.redirected + total.missed
        )
        assert total.offered > 0
        if SERVICE_LEVEL_SECONDS_OF[total.channel] > 60:
            assert total.abandoned == total.short_abandoned == 0, "nobody waits at a desk"


def offered_per_queue_and_channel(simulated) -> Counter:
    return Counter(
        (visit.queue_id, contact.channel)
        for contact in simulated.books.contacts
        if not contact.is_excluded
        for visit in contact.visits
        if visit.visit_type != "callback"
    )


def test_money_books_are_not_changed_by_the_damage(simulated):
    assert all(row["customer_id"] for row in money_tables(simulated.money)[CUSTOMERS])
    assert UNKNOWN not in {line.account for line in simulated.money.cost_lines}
