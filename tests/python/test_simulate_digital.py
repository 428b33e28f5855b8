"""The simulated digital channels: true to their own books, believable, and damaged exactly as listed."""

from collections import Counter, defaultdict

import pytest
from digital_reader import read_digital

from scripts.simulate.clock import INTERVAL_SECONDS, local
from scripts.simulate.config import DUBLIN, NEW_YORK, SERVICE_LEVEL_SECONDS_OF, VOICE_CHANNELS
from scripts.simulate.digital.habits import DigitalHabits
from scripts.simulate.headline import occupancy
from scripts.simulate.tables import BOOK_COLUMNS, book_rows

BOTH_BOOKS = pytest.mark.parametrize("which", ["books", "damaged_books"])
DIGITAL_TABLES = ("raw_chats", "raw_messages", "raw_tickets", "raw_ticket_events", "raw_work_sessions")
MISSED = ("closed", "timeout", "no_agents")
STATES = ("on_contact", "after_contact_work", "ringing", "not_responding", "available", "auxiliary")


@pytest.fixture(scope="module")
def digital(simulated):
    return simulated.books.of_digital_channels()


@pytest.fixture(scope="module")
def damaged(simulated):
    return simulated.damaged_books.of_digital_channels()


def visits_of(books, *channels):
    return [v for c in books.contacts if c.channel in channels and not c.is_excluded for v in c.visits]


def busy_seconds(legs) -> int:
    """By the clock: seconds of several legs at once count once."""
    by_agent = defaultdict(set)
    for leg in legs:
        by_agent[leg.agent_id].update(range(leg.connected_at, leg.ended_at))
    return sum(len(busy) for busy in by_agent.values())


# Conservation


@BOTH_BOOKS
def test_every_visit_has_one_outcome(simulated, which):
    for row in getattr(simulated, which).of_digital_channels().queue_intervals():
        ended = row.answered + row.abandoned + row.short_abandoned + row.redirected + row.missed
        assert row.offered == ended + row.open


@BOTH_BOOKS
def test_agent_seconds_fill_the_logged_in_time(simulated, which):
    books = getattr(simulated, which).of_digital_channels()
    staffed_in = Counter()
    for row in books.agent_intervals():
        assert sum(getattr(row, state) for state in STATES) == row.staffed
        assert row.on_contact <= row.contact_seconds <= 3 * row.on_contact, "several at once, at most three"
        staffed_in[row.agent_id, row.interval_start_at] += row.staffed
    assert max(staffed_in.values()) <= INTERVAL_SECONDS
    assert staffed_in.total() == sum(span.ended_at - span.started_at for span in books.spans)


@BOTH_BOOKS
def test_the_parts_of_the_books_are_the_whole(simulated, which):
    books = getattr(simulated, which)
    parts = books.of_telephone(), books.of_digital_channels()
    for table in ("queue_intervals", "agent_intervals"):
        rows = [row for part in parts for row in getattr(part, table)()]
        assert all(getattr(part, table)() for part in parts)
        assert sorted(map(str, rows)) == sorted(map(str, getattr(books, table)()))
    assert sum(len(part.contacts) for part in parts) == len(books.contacts)


@BOTH_BOOKS
def test_agents_are_on_contact_while_they_have_a_leg(simulated, which):
    books = getattr(simulated, which).of_digital_channels()
    intervals = books.agent_intervals()
    assert sum(row.on_contact for row in intervals) == busy_seconds(books.legs)
    assert sum(row.contact_seconds for row in intervals) == sum(leg.ended_at - leg.connected_at for leg in books.legs)


def test_only_chats_overlap_and_at_most_three(digital):
    steps = defaultdict(list)
    for contact in digital.contacts:
        for leg in contact.legs:
            steps[leg.agent_id] += [
                (leg.connected_at, 1, contact.channel == "chat"), (leg.ended_at, -1, contact.channel == "chat"),
            ]  # fmt: skip
    most = Counter()
    for agent_steps in steps.values():
        chats = others = 0
        for _, change, is_chat in sorted(agent_steps):
            chats += change * is_chat
            others += change * (not is_chat)
            assert others <= 1 and not (chats and others)
            most[chats] += 1
    assert max(most) == 3


def test_visits_and_legs_lie_inside_their_contact(digital):
    for contact in digital.contacts:
        numbers = {visit.segment_number for visit in contact.visits} | {leg.segment_number for leg in contact.legs}
        assert len(numbers) <= contact.segments
        for visit in contact.visits:
            assert contact.started_at <= visit.offered_at <= (visit.exited_at or visit.offered_at)
            assert (visit.exited_at is None) == (visit.exit_reason == "open")
        for leg in contact.legs:
            assert contact.started_at <= leg.connected_at < leg.ended_at <= leg.customer_ended_at


def test_a_contact_is_open_while_it_waits_or_is_not_solved(digital):
    tickets = {ticket.ticket_id: ticket for ticket in digital.tickets}
    for contact in digital.contacts:
        ticket = tickets.get(contact.contact_id)
        if ticket:
            is_done = ticket.status in ("solved", "closed", "spam")
        else:
            is_done = all(visit.exit_reason != "open" for visit in contact.visits)
        assert (contact.ended_at is not None) == is_done


def test_ticket_states_follow_each_other(digital):
    spans = defaultdict(list)
    for state in digital.ticket_states:
        spans[state.ticket_id].append(state)
    for ticket in digital.tickets:
        states = spans[ticket.ticket_id]
        assert states[0].started_at == ticket.created_at
        assert [state.ended_at for state in states] == [*(state.started_at for state in states[1:]), None]
        assert (states[-1].status, states[-1].queue_id) == (ticket.status, ticket.queue_id)


def test_backlog_is_what_was_opened_and_not_solved(digital):
    tickets = [ticket for ticket in digital.tickets if not ticket.is_spam]
    unsolved = sum(ticket.status not in ("solved", "closed") for ticket in tickets)
    opened = len(tickets) + sum(ticket.reopen_count for ticket in tickets)
    assert unsolved == opened - sum(ticket.solved_count for ticket in tickets)
    assert 10 <= unsolved <= 60, "a backlog is left at the end"


def test_every_answer_is_later_than_the_question(digital):
    for response in digital.responses:
        assert response.asked_at <= response.responded_at
    assert len({r.contact_id for r in digital.responses}) == sum(r.is_first for r in digital.responses)


def test_messages_answer_the_visit_of_their_contact(digital):
    first_answers = {}
    for message in sorted(digital.messages, key=lambda m: m.sent_at):
        if message.sender == "agent" and message.is_public:
            first_answers.setdefault(message.contact_id, message.sent_at)
    for contact in digital.contacts:
        answered = [visit.answered_at for visit in contact.visits if visit.answered_at is not None]
        assert min(answered, default=None) == first_answers.get(contact.contact_id)


# Believable


def test_volumes(digital):
    contacts = Counter(contact.channel for contact in digital.contacts)
    assert contacts.keys() == set(SERVICE_LEVEL_SECONDS_OF) - set(VOICE_CHANNELS)
    for channel, expected in {"chat": 620, "sms": 150, "social": 130, "email": 500, "contact_form": 230,
                              "feedback_form": 70, "fax": 25}.items():  # fmt: skip
        assert abs(contacts[channel] - expected) <= 0.05 * expected
    threads = {message.thread_id for message in digital.messages if message.thread_id.startswith("S")}
    assert 170 <= len(threads) <= 190
    assert sum(ticket.channel == "phone" for ticket in digital.tickets) == DigitalHabits().tickets.phone_tickets
    assert sum(bool(ticket.external_id) for ticket in digital.tickets) == 45
    assert 15 <= sum(ticket.is_spam for ticket in digital.tickets) <= 20


@pytest.mark.parametrize(
    ("channels", "low", "high", "in_hours_only"),
    [
        (("chat",), 0.75, 0.87, False),
        (("sms", "social"), 0.70, 0.86, True),
        (("email", "contact_form"), 0.86, 0.95, False),
    ],
)
def test_service_levels_are_believable(simulated, digital, channels, low, high, in_hours_only):
    visits = visits_of(digital, *channels)
    if in_hours_only:
        config = simulated.books.config
        visits = [visit for visit in visits if config.digital_queue(visit.queue_id).is_open(visit.offered_at)]
    asked = [v for v in visits if v.exit_reason in ("answered", "abandoned", *MISSED)]
    limit = SERVICE_LEVEL_SECONDS_OF[channels[0]]
    in_time = [v for v in asked if v.exit_reason == "answered" and v.wait_seconds <= limit]
    assert low <= len(in_time) / len(asked) <= high


def test_agents_are_busy_but_not_always(digital):
    intervals = digital.agent_intervals()
    assert 0.50 <= occupancy(intervals) <= 0.75
    for agent_id in {row.agent_id for row in intervals}:
        assert 0.35 <= occupancy(row for row in intervals if row.agent_id == agent_id) <= 0.85
    legs = [leg for c in digital.contacts if c.channel == "chat" for leg in c.legs]
    assert 1.25 <= sum(leg.ended_at - leg.connected_at for leg in legs) / busy_seconds(legs) <= 1.7


def test_the_bot_settles_about_a_third(digital):
    outcomes = Counter(session.outcome for session in digital.sessions)
    assert 0.25 <= outcomes["contained"] / outcomes.total() <= 0.35
    assert 0.03 <= outcomes["left"] / outcomes.total() <= 0.12


def test_nobody_abandons_where_nobody_waits_in_line(digital):
    abandoned = [c.channel for c in digital.contacts for v in c.visits if v.exit_reason == "abandoned"]
    assert set(abandoned) == {"chat"}


def test_digital_teams_have_their_holidays_off(digital):
    teams = {row.team_id for row in digital.agent_intervals()}
    assert teams == {"ny_digital", "dub_digital"}
    worked = {(row.team_id, local(row.interval_start_at, zone).date().isoformat())
              for row in digital.agent_intervals()
              for zone in (NEW_YORK if row.team_id == "ny_digital" else DUBLIN,)}  # fmt: skip
    assert ("ny_digital", "2026-10-12") not in worked and ("dub_digital", "2026-10-12") in worked
    assert ("dub_digital", "2026-10-26") not in worked and ("ny_digital", "2026-10-26") in worked


def test_hard_cases_occur(simulated, digital):
    exits = Counter((c.channel, v.exit_reason) for c in digital.contacts for v in c.visits)
    assert exits["chat", "closed"] and exits["chat", "abandoned"] and exits["email", "open"]
    assert exits["feedback_form", "solved_without_reply"] > exits["feedback_form", "answered"]
    assert exits["email", "overflow_queue"]
    config = simulated.books.config
    cut = [
        v for v in visits_of(digital, "chat")
        if v.exit_reason == "closed" and config.digital_queue(v.queue_id).is_open(v.offered_at)
    ]  # fmt: skip
    assert cut, "a chat that waited at closing time"
    transfers = {c.channel for c in digital.contacts for v in c.visits if v.visit_type == "transfer"}
    assert {"chat", "email"} <= transfers
    assert {c.previous_contact_id[:1] for c in digital.contacts} == {"", "C", "H"}
    assert {ticket.status for ticket in digital.tickets} >= {"new", "open", "pending", "solved", "closed", "spam"}
    assert any(ticket.reopen_count and ticket.solved_count > 1 for ticket in digital.tickets)
    assert any(state.status == "on_hold" for state in digital.ticket_states)


def test_threads_have_contacts_by_silence_and_gaps_just_inside_it(digital):
    times = defaultdict(list)
    for message in digital.messages:
        if message.thread_id.startswith("S"):
            times[message.thread_id].append((message.sent_at, message.sender, message.contact_id))
    gaps = Counter()
    for messages in times.values():
        for (before, _, contact_id), (at, sender, next_contact_id) in zip(messages, messages[1:], strict=False):
            if sender == "customer":
                is_new = contact_id != next_contact_id
                assert is_new == (at - before >= 86_400)
                gaps[is_new, 20 * 3600 < at - before < 28 * 3600] += 1
    assert gaps[True, False] and gaps[False, True] >= 10


def test_addresses_and_numbers_are_fictional(simulated):
    requesters = {row["requester"] for row in simulated.raw_tables["raw_tickets"]}
    handles = {row["customer_handle"] for row in simulated.raw_tables["raw_messages"]} - {""}
    for name in requesters | handles:
        assert name.endswith("example.com") or "-555-01" in name or name.startswith(("+353-20-91", "@us_", "@ireland_"))


# Raw rows and damage


def test_raw_tables_stay_small(simulated):
    cells = sum(len(str(cell)) + 1 for table in DIGITAL_TABLES for row in simulated.raw_tables[table]
                for cell in row.values())  # fmt: skip
    assert cells < 1_500_000


def test_damage_is_listed_and_of_every_kind(simulated):
    found = defaultdict(Counter)
    for item in simulated.damage:
        if item.file in DIGITAL_TABLES:
            found[item.file][item.kind] += 1
    everywhere = {"exact_duplicate", "out_of_order"}
    assert {file: set(kinds) - everywhere for file, kinds in found.items()} == {
        "raw_chats": {"unreadable_started_at", "undocumented_contact_reason", "superseded_version"},
        "raw_messages": {"blank_thread_id", "unreadable_sent_at"},
        "raw_tickets": {"blank_ticket_id", "undocumented_priority", "superseded_version"},
        "raw_ticket_events": {"blank_ticket_id", "unreadable_event_at", "undocumented_event_type"},
        "raw_work_sessions": {"blank_agent_id"},
    }
    assert all(3 <= count <= 10 for kinds in found.values() for count in kinds.values())
    assert len({item.damage_id for item in simulated.damage}) == len(simulated.damage)


def test_a_plain_reading_of_the_raw_rows_gives_the_damaged_books(simulated, damaged):
    calls = simulated.damaged_books.of_telephone().contacts
    reading = read_digital(simulated.raw_tables, calls)
    assert reading.fates == {file: simulated.row_accounting[file] for file in DIGITAL_TABLES}
    assert reading.contacts == {contact.contact_id for contact in damaged.contacts}
    assert reading.visits == {
        (v.contact_id, v.queue_id, v.visit_type, v.offered_at, v.exited_at, v.exit_reason) for v in damaged.visits
    }
    assert reading.legs == {
        (leg.contact_id, leg.agent_id, leg.connected_at, leg.ended_at, leg.after_contact_work_seconds)
        for leg in damaged.legs
    }
    assert reading.calls_of_tickets == {
        ticket.ticket_id: ticket.contact_id for ticket in damaged.tickets if ticket.channel == "phone"
    }
    assert reading.state_seconds == {
        (row.agent_id, row.interval_start_at): {s: getattr(row, s) for s in STATES if getattr(row, s)}
        for row in damaged.agent_intervals()
    }


def test_plain_rows_of_the_books_are_complete(simulated):
    rows = book_rows(simulated.damaged_books)
    assert rows.keys() == BOOK_COLUMNS.keys()
    assert all(rows.values())
    assert {row["channel"] for row in rows["visits"]} == {*SERVICE_LEVEL_SECONDS_OF}
