"""The simulated telephone: repeatable, true to its own books, believable, and damaged exactly as listed."""

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from raw_reader import read

from scripts.simulate import simulate
from scripts.simulate.clock import DAY_SECONDS, INTERVAL_SECONDS, at_local, local
from scripts.simulate.config import FIRST_DAY, MAIN_LINE, NEW_YORK, TEAM_CHANGE_AT, TRUNK_FAILURES
from scripts.simulate.damage import ACTIVITY, CALLS
from scripts.simulate.headline import headline
from scripts.simulate.model import MON_TO_FRI, SAT, SUN
from scripts.simulate.outbound.records import ATTEMPTS
from scripts.simulate.tables import write_seeds

SEEDS = Path(__file__).resolve().parents[2] / "seeds/sample"
TELEPHONE_FILES = (CALLS, ACTIVITY, ATTEMPTS)
STATES = ("on_contact", "after_contact_work", "ringing", "not_responding", "available", "auxiliary")
BOTH_BOOKS = pytest.mark.parametrize("which", ["books", "damaged_books"])


@pytest.fixture(scope="module")
def result(simulated):
    """Calls both ways, the agents who talk, and the damage to their raw rows; test_simulate_digital has the rest."""
    return replace(
        simulated,
        books=simulated.books.of_telephone(),
        damaged_books=simulated.damaged_books.of_telephone(),
        damage=[item for item in simulated.damage if item.file in TELEPHONE_FILES],
        row_accounting={file: simulated.row_accounting[file] for file in TELEPHONE_FILES},
    )


def folder_bytes(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("raw_*.csv"))}


# Repeatable


def test_two_runs_write_the_committed_seeds(result, tmp_path):
    write_seeds(result, tmp_path / "first")
    write_seeds(simulate(), tmp_path / "second")
    assert folder_bytes(tmp_path / "first") == folder_bytes(tmp_path / "second")
    assert folder_bytes(tmp_path / "first") == folder_bytes(SEEDS)


def test_seeds_stay_small():
    assert sum(path.stat().st_size for path in SEEDS.glob("raw_*.csv")) < 10_000_000


# Conservation


@BOTH_BOOKS
def test_every_visit_has_one_outcome(result, which):
    for row in getattr(result, which).queue_intervals():
        assert row.offered == row.answered + row.abandoned + row.short_abandoned + row.redirected + row.missed
        assert row.answered_in_threshold <= row.answered
        assert row.abandoned_in_threshold <= row.abandoned


@BOTH_BOOKS
def test_agent_seconds_fill_the_logged_in_time(result, which):
    books = getattr(result, which)
    staffed_in = Counter()
    for row in books.agent_intervals():
        assert sum(getattr(row, state) for state in STATES) == row.staffed
        assert row.on_contact == row.contact_seconds, "nobody has two calls at once"
        staffed_in[row.agent_id, row.interval_start_at] += row.staffed
    assert max(staffed_in.values()) <= INTERVAL_SECONDS
    assert staffed_in.total() == sum(span.ended_at - span.started_at for span in books.spans)


@BOTH_BOOKS
def test_handled_count_counts_customer_and_conference_legs(result, which):
    books = getattr(result, which)
    handled = [leg for c in books.contacts if not c.is_excluded for leg in c.legs if leg.leg_type != "consult"]
    assert sum(row.handled_count for row in books.agent_intervals()) == len(handled)


def test_visits_and_legs_lie_inside_their_contact(result):
    for contact in result.books.contacts:
        segments = [visit.segment_number for visit in contact.visits] + [
            leg.segment_number
            for leg in contact.legs
            if leg.segment_number not in {v.segment_number for v in contact.visits}
        ]
        assert len(segments) == len(set(segments))
        for visit in contact.visits:
            assert contact.started_at <= visit.offered_at <= visit.exited_at <= contact.ended_at
        for leg in contact.legs:
            assert contact.started_at < leg.connected_at <= leg.ended_at <= leg.customer_ended_at <= contact.ended_at
            assert 0 <= leg.hold_seconds <= leg.ended_at - leg.connected_at


def left_the_line_at(contact) -> int:
    """Who asks to be called back hangs up; calls that the center makes have lines of their own."""
    return next((v.offered_at for v in contact.visits if v.visit_type == "callback"), contact.ended_at)


def test_trunks_are_never_oversold(result):
    steps = sorted(
        step
        for contact in result.books.contacts
        if contact.direction == "inbound" and not contact.is_blocked
        for step in ((contact.started_at, 1), (left_the_line_at(contact), -1))
    )
    in_use = 0
    for _, change in steps:
        in_use += change
        assert in_use <= result.books.config.trunks


def test_test_calls_count_in_no_queue(result):
    test_visits = sum(len(contact.visits) for contact in result.books.contacts if contact.is_excluded)
    assert test_visits
    uncounted = sum(
        contact.is_excluded or visit.visit_type == "callback"
        for contact in result.books.contacts
        for visit in contact.visits
    )
    assert sum(row.offered for row in result.books.queue_intervals()) == len(result.books.visits) - uncounted
    wrap_ups = {leg.contact_id for leg in result.books.legs if leg.disposition == "TEST_CALL"}
    assert wrap_ups == {contact.contact_id for contact in result.books.contacts if contact.is_test}


# Believable


@pytest.fixture(scope="module")
def figures(result):
    return headline(result.books)


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        ("contacts", 9_500, 10_500),
        ("blocked rate", 0.005, 0.015),
        ("service level at 20 s", 0.75, 0.84),
        ("abandonment rate", 0.03, 0.07),
        ("average speed of answer", 10, 45),
        ("average handle time", 300, 400),
        ("average after-contact work", 35, 55),
        ("share of legs with hold", 0.15, 0.25),
        ("occupancy", 0.40, 0.60),
        ("occupancy on weekdays", 0.50, 0.75),
        ("transfer rate", 0.08, 0.12),
        ("containment rate", 0.20, 0.30),
        ("first contact resolution", 0.70, 0.78),
        ("anonymous share", 0.04, 0.08),
    ],
)
def test_headline_figures_are_believable(figures, figure, low, high):
    assert low <= figures[figure] <= high


def service_level(rows) -> float:
    rows = list(rows)
    asked = sum(row.answered + row.abandoned + row.missed for row in rows)
    return sum(row.answered_in_threshold for row in rows) / asked


def ny_date(at: int):
    return local(at, NEW_YORK).date()


def test_no_queue_and_no_weekend_is_absurd(result):
    rows = result.books.queue_intervals()
    for queue in result.books.config.queues:
        assert 0.60 <= service_level(row for row in rows if row.queue_id == queue.queue_id) <= 0.90
    weekend = [row for row in rows if ny_date(row.interval_start_at).weekday() in (SAT, SUN)]
    assert 0.65 <= service_level(weekend) <= 0.85


def test_waits_until_the_limit_are_rare(result):
    limits = {queue.queue_id: queue.max_wait_seconds for queue in result.books.config.queues}
    queued = [visit for visit in result.books.visits if visit.visit_type != "callback"]
    assert sum(visit.wait_seconds >= limits[visit.queue_id] for visit in queued) <= 15


def test_agents_are_trained_in_planned_sessions_on_weekdays(result):
    spans = result.books.spans
    staffed = sum(span.ended_at - span.started_at for span in spans)
    training = [span for span in spans if (span.state, span.reason) == ("AUX", "TRAINING")]
    assert 0.02 <= sum(span.ended_at - span.started_at for span in training) / staffed <= 0.04
    lengths = sorted(span.ended_at - span.started_at for span in training)
    assert lengths[1] >= 1700 and lengths[-1] <= 3800  # the shortest may have ended in a forgotten log-out
    assert all(ny_date(span.started_at).weekday() in MON_TO_FRI for span in training)


def test_nobody_works_too_much(result):
    days, weekly_seconds = defaultdict(set), Counter()
    for span in result.books.spans:
        if span.state == "LOGIN":
            days[span.agent_id].add(ny_date(span.started_at + 1800).toordinal())
        weekly_seconds[span.agent_id, ny_date(span.started_at).isocalendar().week] += span.ended_at - span.started_at
    assert max(weekly_seconds.values()) <= 45 * 3600
    for worked in days.values():
        assert not any(all(first + offset in worked for offset in range(7)) for first in worked)


def test_agents_differ(result):
    legs, rings, misses = defaultdict(list), Counter(), Counter()
    for leg in result.books.legs:
        if leg.leg_type == "customer" and leg.ring_seconds is not None:
            legs[leg.agent_id].append(leg)
    for span in result.books.spans:
        rings[span.agent_id] += span.state == "RINGING"
        misses[span.agent_id] += span.state == "NOT_RESPONDING"

    def spread(value) -> float:
        means = [sum(value(leg) for leg in agent_legs) / len(agent_legs) for agent_legs in legs.values()]
        return max(means) / min(means)

    assert spread(lambda leg: leg.after_contact_work_seconds) > 1.8
    assert spread(lambda leg: leg.hold_seconds > 0) > 2
    assert spread(lambda leg: leg.transfer_type in ("blind", "warm")) > 1.8
    assert spread(lambda leg: leg.ring_seconds) > 1.5

    assert 0.01 <= misses.total() / rings.total() <= 0.02
    worst, next_worst = sorted((misses[agent_id] / rings[agent_id] for agent_id in rings), reverse=True)[:2]
    assert worst > 2 * next_worst


def test_unanswered_rings_are_the_longest(result):
    answered = [leg.ring_seconds for leg in result.books.legs if leg.ring_seconds is not None]
    assert 15 <= max(answered) < result.books.config.agent_habits.ring_limit_seconds


def test_repeat_calls_are_spread_over_the_week(result):
    calls, repeats, last_end = Counter(), Counter(), {}
    for contact in result.books.contacts:
        if contact.is_blocked or not contact.customer_number or not contact.contact_reason:
            continue
        weekday = ny_date(contact.started_at).weekday()
        issue = contact.customer_number, contact.contact_reason
        calls[weekday] += 1
        repeats[weekday] += contact.started_at - last_end.get(issue, 0) <= 7 * DAY_SECONDS
        last_end[issue] = contact.ended_at
    assert all(0.15 <= repeats[weekday] / calls[weekday] <= 0.35 for weekday in calls)


def test_most_blocked_calls_of_an_hour_are_those_of_the_trunk_failure(result):
    blocked = Counter(
        contact.started_at - contact.started_at % 3600 for contact in result.books.contacts if contact.is_blocked
    )
    (worst_hour, _), *_ = blocked.most_common(1)
    assert worst_hour == TRUNK_FAILURES[0].starts_at


def test_hard_cases_occur(result):
    books = result.books
    exits = Counter(visit.exit_reason for visit in books.visits)
    assert set(exits) == {
        "answered", "abandoned", "overflow_queue", "timeout", "voicemail", "closed", "key_exit", "no_agents",
        "callback_requested", "callback_failed",
    }  # fmt: skip
    assert {leg.transfer_type for leg in books.legs} == {"", "blind", "warm", "consult", "conference"}
    assert any(leg.customer_ended_at > leg.ended_at for leg in books.legs), "a transfer to outside"
    assert any(leg.is_direct for leg in books.legs), "a call to an agent's own extension"
    assert any(c.reached_agent and c.visits and c.visits[-1].exit_reason == "abandoned" for c in books.contacts)
    assert any(not contact.contact_reason for contact in books.contacts if contact.session)

    follower_of = {}
    last_span = {}
    for span in books.spans:
        if span.agent_id in last_span:
            follower_of[last_span[span.agent_id].event_id] = span
        last_span[span.agent_id] = span
    after_ringing = Counter(
        follower_of[s.event_id].state for s in books.spans if s.state == "RINGING" and s.event_id in follower_of
    )
    assert after_ringing["NOT_RESPONDING"] and after_ringing["AVAILABLE"], "no answer, and a caller who gave up"

    logouts = {
        (row["agent_id"], row["event_at"])
        for row in result.raw_tables["raw_agent_activity"]
        if row["state"] == "LOGOUT" and row["event_id"].startswith("E")
    }
    logins = sum(span.state == "LOGIN" for span in books.spans)
    assert 0 < logins - len(logouts) < 0.1 * logins, "some log-outs are forgotten"


def test_after_contact_work_can_run_past_the_logout(result):
    recorded = sum(leg.after_contact_work_seconds for leg in result.books.legs)
    by_the_clock = sum(row.after_contact_work for row in result.books.agent_intervals())
    assert 0 < recorded - by_the_clock < 0.02 * recorded


def test_one_agent_changes_team_in_the_middle_of_a_shift(result):
    teams = defaultdict(set)
    for row in result.books.agent_intervals():
        teams[row.agent_id].add(row.team_id)
    movers = [agent_id for agent_id, team_ids in teams.items() if len(team_ids) > 1]
    assert len(movers) == 1
    interval_start_at = TEAM_CHANGE_AT - TEAM_CHANGE_AT % INTERVAL_SECONDS
    split = [
        row
        for row in result.books.agent_intervals()
        if (row.agent_id, row.interval_start_at) == (movers[0], interval_start_at)
    ]
    assert [row.staffed for row in sorted(split, key=lambda row: row.team_id)] == [420, 480]


def test_a_night_with_an_extra_hour_is_an_hour_longer(result):
    night_starts_at = at_local(FIRST_DAY.replace(month=10, day=31), "22:00", NEW_YORK)
    staffed = sum(
        row.staffed
        for row in result.books.agent_intervals()
        if row.agent_id == "A115" and night_starts_at - 3600 <= row.interval_start_at < night_starts_at + 10 * 3600
    )
    assert 8.5 * 3600 < staffed < 9.3 * 3600  # whoever is late is so by less than half an hour


# Raw rows and damage


def test_damage_is_listed_and_of_every_kind(result):
    assert len({item.damage_id for item in result.damage}) == len(result.damage)
    voice = [item for item in result.damage if item.file in (CALLS, ACTIVITY)]
    assert 60 <= len(voice) <= 120
    assert {item.kind for item in voice} == {
        "blank_contact_id", "unreadable_started_at", "negative_hold", "wait_of_minus_one",
        "undocumented_contact_reason", "superseded_version", "late_row", "void_row",
        "missing_logout", "unreadable_event_at", "undocumented_aux_reason", "blank_agent_id",
        "exact_duplicate", "out_of_order",
    }  # fmt: skip


def test_a_plain_reading_of_the_raw_rows_gives_the_damaged_books(result):
    books, reading = result.damaged_books, read(result.raw_tables)
    assert reading.fates == result.row_accounting
    assert reading.visits == {
        (v.contact_id, v.segment_number): (
            v.queue_id, v.visit_type, v.offered_at, v.exited_at, v.exit_reason, v.wait_seconds,
        )
        for v in books.visits
    }  # fmt: skip
    assert reading.legs == {
        (leg.contact_id, leg.segment_number): (
            leg.agent_id, leg.leg_type, leg.connected_at, leg.ended_at,
            leg.hold_seconds, leg.after_contact_work_seconds,
        )
        for leg in books.legs
    }  # fmt: skip
    expected = defaultdict(Counter)
    for row in books.agent_intervals():
        expected[row.agent_id, row.interval_start_at].update({s: getattr(row, s) for s in STATES if getattr(row, s)})
    telephone_agents = {agent_id for agent_id, _ in expected}
    assert {key: value for key, value in reading.state_seconds.items() if key[0] in telephone_agents} == expected


def test_only_the_main_line_and_known_extensions_are_dialed(result):
    agents = {row["extension"] for row in result.raw_tables["raw_agents"]}
    queues = {queue.extension for queue in result.books.config.queues}
    dialed = {row["extension"] for row in result.raw_tables["raw_call_detail_records"]}
    assert dialed <= agents | queues | {MAIN_LINE}


def test_some_calls_come_from_the_app(result):
    assert Counter(contact.channel for contact in result.books.contacts).keys() == {"phone", "app_voice"}
    assert 0.05 <= sum(c.channel == "app_voice" for c in result.books.contacts) / len(result.books.contacts) <= 0.07


def test_numbers_are_fictional(result):
    numbers = {row["customer_number"] for row in result.raw_tables["raw_call_detail_records"]} - {""}
    assert all("-555-01" in number or number.startswith("+353-20-91") for number in numbers)
