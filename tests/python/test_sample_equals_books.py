"""The marts hold what the simulation's books say, with the listed damage applied, row for row.

The books are kept by the simulation as things happen and know neither the raw records nor any SQL.
"""

from collections import defaultdict

import pytest

from scripts.simulate.tables import book_rows

# Column of the books -> expression over the mart. Both sides become sorted rows of plain values.
MARTS = {
    "contacts": (
        """
        marts.fact_contacts
        inner join marts.dim_contact_reason using (contact_reason_key)
        inner join marts.dim_queue as entry on fact_contacts.entry_queue_key = entry.queue_key
        inner join marts.dim_queue as handling on fact_contacts.handling_queue_key = handling.queue_key
        inner join marts.dim_agent on fact_contacts.handling_agent_key = dim_agent.agent_key
        """,
        {
            "contact_id": "source_contact_id",
            "started_at": "epoch(started_at)",
            "ended_at": "epoch(ended_at)",
            "contact_reason": "case when contact_reason_key >= 0 then contact_reason_code else '' end",
            "is_anonymous": "identity_confidence = 'anonymous'",
            "is_blocked": "is_blocked",
            "is_excluded": "is_excluded",
            "is_contained": "is_contained",
            "reached_agent": "has_reached_agent",
            "outcome": "outcome",
            "entry_queue": "entry.queue_code",
            "handling_queue": "handling.queue_code",
            "handling_agent": "agent_code",
            "visit_count": "queue_visit_count",
            "leg_count": "agent_leg_count",
            "transfer_count": "transfer_count",
            "wait_seconds": "wait_seconds",
        },
    ),
    "self_service_sessions": (
        "marts.fact_self_service_sessions inner join marts.fact_contacts as c using (contact_key)",
        {
            "contact_id": "c.source_contact_id",
            "started_at": "epoch(fact_self_service_sessions.started_at)",
            "ended_at": "epoch(fact_self_service_sessions.ended_at)",
            "is_contained": "fact_self_service_sessions.is_contained",
        },
    ),
    "visits": (
        """
        marts.fact_queue_visits
        inner join marts.fact_contacts as c using (contact_key)
        inner join marts.dim_queue using (queue_key)
        """,
        {
            "contact_id": "c.source_contact_id",
            "queue_id": "queue_code",
            "visit_type": "visit_type",
            "offered_at": "epoch(offered_at)",
            "answered_at": "epoch(answered_at)",
            "exited_at": "epoch(exited_at)",
            "exit_reason": "exit_reason",
            "wait_seconds": "fact_queue_visits.wait_seconds",
        },
    ),
    "legs": (
        """
        marts.fact_agent_legs
        inner join marts.fact_contacts as c using (contact_key)
        inner join marts.dim_agent using (agent_key)
        inner join marts.dim_team on fact_agent_legs.team_key = dim_team.team_key
        """,
        {
            "contact_id": "c.source_contact_id",
            "agent_id": "agent_code",
            "team_id": "team_code",
            "leg_type": "leg_type",
            "connected_at": "epoch(connected_at)",
            "ended_at": "epoch(fact_agent_legs.ended_at)",
            "ring_seconds": "ring_seconds",
            "hold_seconds": "fact_agent_legs.hold_seconds",
            "after_contact_work_seconds": "fact_agent_legs.after_contact_work_seconds",
            "transfer_type": "coalesce(nullif(transfer_type, 'unknown'), '')",
            "transfer_reason": "coalesce(transfer_reason, '')",
        },
    ),
    # The books keep a quarter hour of a queue over all of its channels.
    "queue_intervals": (
        "marts.fact_queue_intervals inner join marts.dim_queue using (queue_key)",
        {
            "queue_id": "queue_code",
            "interval_start_at": "epoch(interval_start_at)",
            "offered": "sum(offered_count)",
            "answered": "sum(answered_count)",
            "answered_in_threshold": "sum(answered_in_threshold_count)",
            "abandoned": "sum(abandoned_count)",
            "short_abandoned": "sum(short_abandoned_count)",
            "abandoned_in_threshold": "sum(abandoned_in_threshold_count)",
            "redirected": "sum(redirected_count)",
            "missed": "sum(missed_count)",
            "open": "sum(open_count)",
            "answered_wait_seconds": "sum(answered_wait_seconds)",
            "abandoned_wait_seconds": "sum(abandoned_wait_seconds)",
            "short_abandoned_wait_seconds": "sum(short_abandoned_wait_seconds)",
            "flowed_out_wait_seconds": "sum(flowed_out_wait_seconds)",
            "longest_wait_seconds": "max(longest_wait_seconds)",
        },
    ),
    "agent_intervals": (
        """
        marts.fact_agent_intervals
        inner join marts.dim_agent using (agent_key)
        inner join marts.dim_team on fact_agent_intervals.team_key = dim_team.team_key
        """,
        {
            "agent_id": "agent_code",
            "team_id": "team_code",
            "interval_start_at": "epoch(interval_start_at)",
            "on_contact": "on_contact_seconds",
            "after_contact_work": "after_contact_work_seconds",
            "ringing": "ringing_seconds",
            "not_responding": "not_responding_seconds",
            "available": "available_seconds",
            "auxiliary": "auxiliary_seconds",
            "staffed": "staffed_seconds",
            "contact_seconds": "contact_seconds",
            "handled_count": "handled_count",
        },
    ),
}

# Rows of which the books of calls and states know nothing: nobody was offered, or planned and not there.
FILTERS = {
    "queue_intervals": "where offered_count > 0 group by all",
    "agent_intervals": "where staffed_seconds > 0 or contact_seconds > 0 or handled_count > 0",
}


@pytest.fixture(scope="module")
def result(simulated):
    return simulated


@pytest.fixture(scope="module")
def books(result):
    tables = book_rows(result.damaged_books)
    for contact in tables["contacts"]:
        contact["is_anonymous"] = contact["customer_number"] == ""
        if contact["contact_reason"] == "unknown":
            contact["contact_reason"] = ""
    add_paths(tables)
    # The books have a row for a quarter hour in which only excluded contacts were offered; it is all 0.
    tables["queue_intervals"] = [row for row in tables["queue_intervals"] if row["offered"]]
    for row in tables["queue_intervals"]:
        if row["open"] == row["offered"]:
            row["longest_wait_seconds"] = None  # nobody has left the queue yet
    return tables


@pytest.mark.parametrize("table", MARTS)
def test_mart_equals_books(table, warehouse, books):
    relation, columns = MARTS[table]
    filters = FILTERS.get(table, "")
    in_marts = {
        tuple(_plain(value) for value in row)
        for row in warehouse.execute(f"select {', '.join(columns.values())} from {relation} {filters}").fetchall()
    }
    in_books = {tuple(_plain(row[column]) for column in columns) for row in books[table]}

    assert in_books, f"the books have no {table}"
    assert len(in_books) == len(books[table]), f"two {table} in the books are alike"
    assert sorted(in_marts - in_books, key=str)[:5] == sorted(in_books - in_marts, key=str)[:5] == []


def test_rows_are_accounted_for_as_the_damage_list_says(result, warehouse):
    found = warehouse.execute(
        """
        select
            table_name, rows_in, rows_used, rows_quarantined, rows_duplicate,
            rows_dropped
        from meta.row_accounting
        where source_system = 'sample'
        """
    ).fetchall()
    expected = {
        (
            file.removeprefix("raw_").removesuffix(".csv"),
            fates["rows_in"],
            fates["used"],
            fates["quarantined"],
            fates["exact duplicate"],
            sum(count for fate, count in fates.items() if fate.startswith("dropped by rule")),
        )
        for file, fates in result.row_accounting.items()
    }
    assert set(found) == expected


def add_paths(tables):
    """Say of each contact in the books what its visits and legs made of it."""
    visits, legs = _by_contact(tables["visits"], "offered_at"), _by_contact(tables["legs"], "connected_at")
    for contact in tables["contacts"]:
        own_visits, own_legs = visits[contact["contact_id"]], legs[contact["contact_id"]]
        on_line = [visit for visit in own_visits if visit["visit_type"] != "callback"]
        waits = [visit["wait_seconds"] for visit in on_line if visit["wait_seconds"] is not None]
        answered = [visit for visit in own_visits if visit["exit_reason"] == "answered"]
        with_customer = [leg for leg in own_legs if leg["leg_type"] != "consult"]
        transfers = [leg for leg in own_legs if leg["transfer_type"] in ("blind", "warm")]
        contact |= {
            "outcome": _outcome(contact, own_visits),
            "entry_queue": own_visits[0]["queue_id"] if own_visits else "none",
            "handling_queue": answered[-1]["queue_id"] if answered else "none",
            "handling_agent": with_customer[-1]["agent_id"] if with_customer else "none",
            "visit_count": len(own_visits),
            "leg_count": len(own_legs),
            "transfer_count": 0 if contact["is_excluded"] else len(transfers),
            "wait_seconds": sum(waits) if waits else None,
        }


def _by_contact(rows, time):
    by_contact = defaultdict(list)
    for row in sorted(rows, key=lambda row: row[time]):
        by_contact[row["contact_id"]].append(row)
    return by_contact


def _outcome(contact, visits):
    if contact["is_blocked"]:
        return "blocked"
    if contact["reached_agent"]:
        return "answered"
    if not visits:
        return "contained" if contact["is_contained"] else "open"
    last = visits[-1]
    if last["exit_reason"] == "abandoned":
        return "short_abandoned" if last["wait_seconds"] < 5 else "abandoned"
    return "open" if last["exit_reason"] == "open" else "flowed_out"


def _plain(value):
    if value is None or isinstance(value, (str, bool)):
        return value
    return float(value)
