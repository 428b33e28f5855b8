"""The marts of the digital channels hold what the simulation's books say, damage applied, row for row."""

from collections import Counter, defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from scripts.simulate.clock import utc_text
from scripts.simulate.tables import book_rows

NEW_YORK = ZoneInfo("America/New_York")
DONE = ("solved", "closed", "spam")

# Column of the books -> expression over the mart. Both sides become sorted rows of plain values.
MARTS = {
    "contacts": (
        "marts.fact_contacts left join marts.fact_contacts as p on fact_contacts.previous_contact_key = p.contact_key"
        " inner join marts.dim_channel on fact_contacts.channel_key = dim_channel.channel_key",
        {
            "contact_id": "fact_contacts.source_contact_id",
            "channel": "channel_code",
            "direction": "fact_contacts.direction",
            "previous_contact_id": "coalesce(p.source_contact_id, '')",
        },
    ),
    "visits": (
        """
        marts.fact_queue_visits
        inner join marts.fact_contacts as c using (contact_key)
        inner join marts.dim_channel on fact_queue_visits.channel_key = dim_channel.channel_key
        """,
        {
            "contact_id": "c.source_contact_id",
            "channel": "channel_code",
            "offered_at": "epoch(offered_at)",
            "exit_reason": "exit_reason",
            "counts_abandonment": "abandonment_eligible_count = 1",
        },
    ),
    "legs": (
        """
        marts.fact_agent_legs
        inner join marts.fact_contacts as c using (contact_key)
        inner join marts.dim_channel on fact_agent_legs.channel_key = dim_channel.channel_key
        inner join marts.dim_agent using (agent_key)
        """,
        {
            "contact_id": "c.source_contact_id",
            "channel": "channel_code",
            "agent_id": "agent_code",
            "connected_at": "epoch(connected_at)",
        },
    ),
    "responses": (
        """
        marts.fact_responses
        inner join marts.fact_contacts as c using (contact_key)
        inner join marts.dim_agent using (agent_key)
        """,
        {
            "contact_id": "c.source_contact_id",
            "agent_id": "agent_code",
            "asked_at": "epoch(asked_at)",
            "responded_at": "epoch(responded_at)",
            "seconds": "response_seconds",
            "is_first": "is_first_response",
        },
    ),
    "tickets": (
        """
        marts.fact_tickets
        left join marts.fact_contacts as c using (contact_key)
        inner join marts.dim_channel on fact_tickets.channel_key = dim_channel.channel_key
        inner join marts.dim_queue on fact_tickets.queue_key = dim_queue.queue_key
        """,
        {
            "ticket_id": "source_ticket_id",
            "contact_id": "coalesce(c.source_contact_id, '')",
            "channel": "channel_code",
            "queue_id": "queue_code",
            "priority": "coalesce(priority, '')",
            "status": "case when fact_tickets.exclusion_reason = 'spam' then 'spam' else status end",
            "is_opened_by_agent": "is_opened_by_agent",
            "is_spam": "fact_tickets.is_excluded",
            "created_at": "epoch(created_at)",
            "first_solved_at": "epoch(first_solved_at)",
            "first_resolution_seconds": "first_resolution_seconds",
            "full_resolution_seconds": "full_resolution_seconds",
            "reply_count": "case when fact_tickets.is_excluded then 0 else reply_count end",
            "reopen_count": "reopen_count",
            "requester_wait": "requester_wait_seconds",
            "agent_wait": "agent_wait_seconds",
            "on_hold": "on_hold_seconds",
        },
    ),
    "ticket_states": (
        """
        marts.fact_ticket_states
        inner join marts.dim_queue using (queue_key)
        inner join marts.dim_agent using (agent_key)
        """,
        {
            "ticket_id": "source_ticket_id",
            "status": "case when is_excluded and status = 'closed' then 'spam' else status end",
            "queue_id": "queue_code",
            "assigned_agent_id": "case when agent_key <> -1 then agent_code else '' end",
            "started_at": "epoch(started_at)",
            "ended_at": "epoch(ended_at)",
        },
    ),
    "backlog": (
        """
        (
            select * from marts.fact_backlog_days
            where opened_count + reopened_count + moved_in_count + moved_out_count + solved_count > 0
        )
        inner join marts.dim_queue using (queue_key)
        inner join marts.dim_channel using (channel_key)
        """,
        {
            "queue_id": "queue_code",
            "channel": "channel_code",
            "date": "cast(backlog_date as varchar)",
            "opened": "opened_count",
            "reopened": "reopened_count",
            "moved_in": "moved_in_count",
            "moved_out": "moved_out_count",
            "solved": "solved_count",
            "backlog": "backlog_count",
        },
    ),
}


@pytest.fixture(scope="module")
def books(simulated, warehouse):
    tables = book_rows(simulated.damaged_books)
    (as_of,) = warehouse.execute(
        "select epoch(last_event_at) from intermediate.int_source_horizons where source_system = 'sample'"
    ).fetchone()
    excluded = {contact["contact_id"] for contact in tables["contacts"] if contact["is_excluded"]}
    for visit in tables["visits"]:
        visit["counts_abandonment"] = (
            visit["channel"] in ("phone", "app_voice", "chat")
            and visit["visit_type"] != "callback"
            and visit["contact_id"] not in excluded
        )
    for response in tables["responses"]:
        response["seconds"] = response["responded_at"] - response["asked_at"]
    states = defaultdict(list)
    for state in tables["ticket_states"]:
        states[state["ticket_id"]].append(state)
    for ticket in tables["tickets"]:
        add_times(ticket, states[ticket["ticket_id"]], as_of)
    spam = {ticket["ticket_id"] for ticket in tables["tickets"] if ticket["is_spam"]}
    channels = {ticket["ticket_id"]: ticket["channel"] for ticket in tables["tickets"]}
    tables["backlog"] = list(backlog_rows(tables["ticket_states"], spam, channels))
    return tables


def add_times(ticket, states, as_of):
    """Say of a ticket in the books how long it was in which status, from its spans."""
    seconds = Counter()
    for state in states:
        seconds[state["status"]] += (state["ended_at"] or as_of) - state["started_at"]
    done = [state["status"] in DONE for state in states]
    solutions = [at for at in range(len(states)) if done[at] and (at == 0 or not done[at - 1])]
    created_at = states[0]["started_at"]
    ticket |= {
        "first_solved_at": states[solutions[0]]["started_at"] if solutions else None,
        "first_resolution_seconds": states[solutions[0]]["started_at"] - created_at if solutions else None,
        "full_resolution_seconds": states[solutions[-1]]["started_at"] - created_at if done[-1] else None,
        "requester_wait": seconds["new"] + seconds["open"] + seconds["on_hold"],
        "agent_wait": seconds["pending"],
        "on_hold": seconds["on_hold"],
    }
    if ticket["is_spam"]:
        ticket["reply_count"] = 0


def backlog_rows(states, spam, channels):
    """Walk through the changes of all tickets by day: one row per queue, channel and day with a change."""
    changes = defaultdict(Counter)
    before = {}
    for state in sorted(states, key=lambda state: state["started_at"]):
        ticket_id, queue_id = state["ticket_id"], state["queue_id"]
        if ticket_id in spam:
            continue
        day = datetime.fromisoformat(utc_text(state["started_at"])).astimezone(NEW_YORK).date().isoformat()
        was = before.get(ticket_id)
        is_open, was_open = state["status"] not in DONE, was is not None and was["status"] not in DONE
        if was is None:
            changes[queue_id, channels[ticket_id], day]["opened"] += 1
        elif is_open and not was_open:
            changes[queue_id, channels[ticket_id], day]["reopened"] += 1
        elif is_open and was["queue_id"] != queue_id:
            changes[queue_id, channels[ticket_id], day]["moved_in"] += 1
            changes[was["queue_id"], channels[ticket_id], day]["moved_out"] += 1
        elif was_open and not is_open:
            changes[was["queue_id"], channels[ticket_id], day]["solved"] += 1
        before[ticket_id] = state
    backlog = Counter()
    for (queue_id, channel, day), counts in sorted(changes.items(), key=lambda item: item[0][2]):
        came = counts["opened"] + counts["reopened"] + counts["moved_in"]
        backlog[queue_id, channel] += came - counts["moved_out"] - counts["solved"]
        names = ("opened", "reopened", "moved_in", "moved_out", "solved")
        yield {
            "queue_id": queue_id,
            "channel": channel,
            "date": day,
            **{name: counts[name] for name in names},
            "backlog": backlog[queue_id, channel],
        }


@pytest.mark.parametrize("table", MARTS)
def test_mart_equals_books(table, warehouse, books):
    relation, columns = MARTS[table]
    in_marts = Counter(
        tuple(_plain(value) for value in row)
        for row in warehouse.execute(f"select {', '.join(columns.values())} from {relation}").fetchall()
    )
    in_books = Counter(tuple(_plain(row[column]) for column in columns) for row in books[table])

    assert in_books, f"the books have no {table}"
    assert sorted(in_marts - in_books, key=str)[:5] == sorted(in_books - in_marts, key=str)[:5] == []


def test_the_figures_of_the_digital_channels_are_believable(warehouse):
    service_level = dict(
        warehouse.execute(
            """
            select
                channel_family,
                sum(answered_in_threshold_count) / sum(answered_count + abandoned_count + missed_count)
            from marts.fact_queue_visits inner join marts.dim_channel using (channel_key)
            where is_in_service_hours
            group by channel_family
            """
        ).fetchall()
    )
    assert 0.7 < service_level["live"] < 0.95
    assert 0.6 < service_level["messaging"] < 0.95
    assert 0.8 < service_level["ticket"] < 1
    (contacts, answered_twice, abandonment_of_mail) = warehouse.execute(
        """
        select
            count(distinct contact_key),
            sum(case when exit_reason = 'solved_without_reply' and answered_at is not null then 1 else 0 end),
            sum(abandonment_eligible_count) filter (where channel_family = 'ticket')
        from marts.fact_queue_visits inner join marts.dim_channel using (channel_key)
        where channel_family <> 'voice'
        """
    ).fetchone()
    assert contacts > 1000
    assert answered_twice == abandonment_of_mail == 0
    (met, due, reopened, solved) = warehouse.execute(
        "select sum(sla_met_count), sum(sla_due_count), sum(reopened_count), sum(solved_count) from marts.fact_tickets"
    ).fetchone()
    assert 0.6 < met / due < 1
    assert 0.02 < reopened / solved < 0.2


def _plain(value):
    if value is None or isinstance(value, (str, bool)):
        return value
    return float(value)
