"""Attempts, callbacks and campaigns in the marts are those of the simulation's books, row for row, and believable."""

from collections import Counter

import pytest
from test_money_equals_books import hashed

from scripts.simulate.clock import local
from scripts.simulate.model import SAT, SUN
from scripts.simulate.outbound.model import PREDICTIVE

ATTEMPTS = """
    select
        source_attempt_id,
        campaign_code,
        case when contact_key = -1 then '' else c.source_contact_id end,
        case when callback_contact_key = -1 then '' else callback.source_contact_id end,
        coalesce(source_record_id, ''),
        case when a.agent_key = -1 then '' else agent_code end,
        case when a.team_key = -1 then '' else team_code end,
        customer_hash,
        attempt_number,
        upper(result),
        epoch(dialed_at),
        epoch(answered_at),
        epoch(agent_connected_at),
        epoch(a.ended_at),
        dial_seconds,
        case when right_party_known_count = 1 then right_party_count = 1 end,
        case when conversion_known_count = 1 then converted_count = 1 end
    from marts.fact_outbound_attempts as a
    inner join marts.dim_campaign using (campaign_key)
    inner join marts.dim_customer using (customer_key)
    inner join marts.dim_agent on a.agent_key = dim_agent.agent_key
    inner join marts.dim_team on a.team_key = dim_team.team_key
    left join marts.fact_contacts as c using (contact_key)
    left join marts.fact_contacts as callback on a.callback_contact_key = callback.contact_key
"""


@pytest.fixture(scope="module")
def books(simulated):
    return simulated.damaged_books


@pytest.fixture(scope="module")
def customer_of_number(simulated):
    """The hash of the one whose number it is; a number of several customers, or none, tells nobody."""
    identities = simulated.damaged_money.identity_of_numbers()

    def customer_of(number: str) -> str:
        _, customer = identities.get(number, ("likely", number))
        return hashed(customer) if customer else "not identified"

    return customer_of


def test_attempts_equal_books(warehouse, books, customer_of_number):
    in_marts = {tuple(_plain(value) for value in row) for row in warehouse.execute(ATTEMPTS).fetchall()}
    in_books = {
        tuple(_plain(value) for value in _attempt_row(attempt, customer_of_number(attempt.customer_number)))
        for attempt in books.outbound.attempts
    }
    assert len(in_books) == len(books.outbound.attempts) > 2000
    assert sorted(in_marts - in_books, key=str)[:5] == sorted(in_books - in_marts, key=str)[:5] == []


def _attempt_row(attempt, customer):
    leg = attempt.leg
    return (
        attempt.attempt_id,
        attempt.campaign_id or "none",
        attempt.contact_id,
        attempt.callback_contact_id,
        attempt.record_id,
        attempt.agent_id,
        attempt.team_id,
        customer,
        attempt.attempt_number,
        attempt.result,
        attempt.dialed_at,
        attempt.answered_at,
        leg.connected_at if leg else None,
        attempt.ended_at,
        attempt.dial_seconds,
        attempt.is_right_party,
        attempt.is_converted,
    )


def test_campaign_measures_equal_books(warehouse, books):
    """The components are added up by what happened, not by how a model names it."""
    campaigns = {campaign.campaign_id: campaign for campaign in books.config.campaigns}
    expected = {}
    for attempt in books.outbound.attempts:
        campaign = campaigns.get(attempt.campaign_id)
        row = expected.setdefault(attempt.campaign_id or "none", Counter())
        row["attempts"] += 1
        row["connected"] += attempt.leg is not None
        row["dial"] += attempt.dial_seconds or 0
        if attempt.result in ("CONNECTED", "ABANDONED_BY_DIALER"):
            row["live"] += 1
            limit = campaign.answer_limit_seconds if campaign else None
            is_late = attempt.leg and limit is not None and attempt.leg.connected_at - attempt.answered_at > limit
            row["abandoned"] += attempt.leg is None or bool(is_late)
        is_dropped = attempt.result == "MACHINE" and not attempt.agent_id
        row["false positives in 10,000"] += round(
            10_000 * ((campaign.machine_false_positive_rate or 0) if campaign and is_dropped else 0)
        )
    found = warehouse.execute(
        """
        select
            campaign_code, sum(attempt_count), sum(connected_count), sum(dial_seconds), sum(live_answer_count),
            sum(abandoned_count), sum(10000 * estimated_false_positive_count)
        from marts.fact_outbound_attempts
        inner join marts.dim_campaign using (campaign_key)
        group by campaign_code
        """
    ).fetchall()
    names = ("attempts", "connected", "dial", "live", "abandoned", "false positives in 10,000")
    assert {row[0]: tuple(float(value or 0) for value in row[1:]) for row in found} == {
        campaign_id: tuple(float(row[name]) for name in names) for campaign_id, row in expected.items()
    }


def test_callbacks_equal_books(warehouse, books):
    expected = Counter()
    for contact in books.contacts:
        for visit in () if contact.is_excluded else contact.visits:
            if visit.visit_type == "callback":
                is_reached = visit.exit_reason == "answered"
                expected[visit.queue_id, "callbacks"] += 1
                expected[visit.queue_id, "reached"] += is_reached
                expected[visit.queue_id, "wait"] += visit.wait_seconds if is_reached else 0
            expected[visit.queue_id, "requested"] += visit.exit_reason == "callback_requested"
    for table in ("fact_queue_visits", "fact_queue_intervals"):
        rows = warehouse.execute(
            f"""
            select
                queue_code, sum(callback_count), sum(callback_reached_count), sum(callback_wait_seconds),
                sum(callback_requested_count)
            from marts.{table}
            inner join marts.dim_queue using (queue_key)
            group by queue_code
            """
        ).fetchall()
        found = Counter()
        for queue_id, *values in rows:
            for name, value in zip(("callbacks", "reached", "wait", "requested"), values, strict=True):
                found[queue_id, name] = int(value)
        assert found == expected


def test_dialing_of_a_leg_is_handle_time(warehouse, books):
    expected = {
        (leg.contact_id, leg.segment_number): leg.ended_at - leg.started_at + leg.after_contact_work_seconds
        for leg in books.legs
        if leg.dial_seconds is not None
    }
    (total,) = warehouse.execute(
        "select sum(handle_seconds) from marts.fact_agent_legs where dial_seconds is not null"
    ).fetchone()
    assert float(total) == sum(expected.values()) > 0


# Believable


def test_callbacks_are_believable(simulated):
    visits = simulated.books.visits
    requested = [visit for visit in visits if visit.exit_reason == "callback_requested"]
    callbacks = [visit for visit in visits if visit.visit_type == "callback"]
    assert 90 <= len(requested) == len(callbacks) <= 150
    assert min(visit.wait_seconds for visit in requested) > 60
    assert max(visit.wait_seconds for visit in callbacks) < 86_400
    assert 0.70 <= sum(visit.exit_reason == "answered" for visit in callbacks) / len(callbacks) <= 0.85
    attempts = Counter(a.callback_contact_id for a in simulated.books.outbound.attempts if a.callback_contact_id)
    assert max(attempts.values()) == 3
    assert {visit.queue_id for visit in callbacks} == {"billing", "technical_support"}


def test_campaigns_are_believable(simulated):
    books = simulated.books
    of_campaigns = [attempt for attempt in books.outbound.attempts if attempt.campaign_id]
    connected = [attempt for attempt in of_campaigns if attempt.leg]
    assert 2000 <= len(of_campaigns) <= 2500 and 380 <= len(connected) <= 520
    for campaign in books.config.campaigns:
        own = [attempt for attempt in of_campaigns if attempt.campaign_id == campaign.campaign_id]
        live = [attempt for attempt in own if attempt.result in ("CONNECTED", "ABANDONED_BY_DIALER")]
        assert 0.15 <= len(live) / len(own) <= 0.30
        abandoned = sum(attempt.leg is None for attempt in live) / len(live)
        assert 0 < abandoned < 0.06 if campaign.dialing_mode == PREDICTIVE else abandoned == 0
        hours = {local(attempt.dialed_at, campaign.time_zone).hour for attempt in own}
        assert min(hours) >= 9 and max(hours) < 20, "nobody is called early in the morning or at night"
        days = {local(attempt.dialed_at, campaign.time_zone).weekday() for attempt in own}
        assert SUN not in days and (SAT in days) == (SAT in campaign.days)
    right_party = [attempt for attempt in connected if attempt.is_right_party]
    assert 0.6 <= len(right_party) / len(connected) <= 0.8
    asked = [attempt for attempt in right_party if attempt.is_converted is not None]
    assert 0.2 <= sum(attempt.is_converted for attempt in asked) / len(asked) <= 0.45


def test_callers_go_first(simulated):
    """While a campaign takes an agent nobody waits for that agent, but for a caller whose phone rings in vain."""
    books = simulated.books
    taken = [attempt for attempt in books.outbound.attempts if attempt.leg and attempt.campaign_id]
    queued = [visit for visit in books.visits if visit.visit_type != "callback"]
    passed_over = 0
    for attempt in taken:
        skills, began_at = books.config.team(attempt.team_id).skills, attempt.leg.started_at
        # Ringing is inside the wait: who is answered within 20 s of it had an agent already.
        passed_over += any(v.queue_id in skills and v.offered_at < began_at < v.exited_at - 20 for v in queued)
    assert passed_over <= 0.02 * len(taken)


def test_numbers_are_fictional(simulated):
    numbers = {row["customer_number"] for row in simulated.raw_tables["raw_dialer_attempts"]} - {""}
    assert all("-555-01" in number or number.startswith("+353-20-91") for number in numbers)


def test_damage_of_every_kind_is_listed(simulated):
    kinds = Counter(item.kind for item in simulated.damage if item.file == "raw_dialer_attempts")
    assert set(kinds) == {
        "blank_attempt_id", "unreadable_dialed_at", "undocumented_result", "undocumented_campaign",
        "missing_customer_number", "negative_hold", "superseded_version", "exact_duplicate", "out_of_order",
    }  # fmt: skip
    assert min(kinds.values()) >= 3 and max(kinds.values()) <= 10


def _plain(value):
    return value if value is None or isinstance(value, (str, bool)) else float(value)
