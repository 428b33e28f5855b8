"""Whatever states overlap on whatever tracks, no second of an agent is lost or counted twice."""

from datetime import datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# By priority: where several hold at once, the first does.
STATES = ["on_contact", "after_contact_work", "ringing", "not_responding", "available", "auxiliary"]
MIDNIGHT = datetime(2026, 11, 2)
INPUTS = ["int_agent_state_changes", "int_agent_sessions", "int_agent_slices"]
# Of each track when it begins, and its states one after the other; None is a gap.
TRACKS = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.lists(st.tuples(st.sampled_from([*STATES, None]), st.integers(0, 12)), min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def spans(warehouse):
    """The view of the build over tables of its inputs that hold what a test puts there."""
    with duckdb.connect() as connection:
        connection.execute("create schema intermediate")
        for table in INPUTS:
            columns = warehouse.execute(f"describe intermediate.{table}").fetchall()
            typed = ", ".join(f"{name} {data_type}" for name, data_type, *_ in columns)
            connection.execute(f"create table intermediate.{table} ({typed})")
        (view,) = warehouse.execute(
            "select sql from duckdb_views() where view_name = 'int_agent_state_spans'"
        ).fetchone()
        connection.execute(view)
        # A build that takes slices reads what lies in one.
        connection.execute(
            "insert into intermediate.int_agent_slices values (1, 'a', timestamp '1900-01-01', timestamp '9999-12-31')"
        )
        yield connection


def changes_of(tracks):
    """Rows as int_agent_state_changes has them."""
    for number, (begins, states) in enumerate(tracks):
        at = begins
        for place, (state, seconds) in enumerate(states):
            is_last = place + 1 == len(states)
            if state:
                yield {
                    "track": f"track {number}",
                    "state": state,
                    "event_at": at,
                    "next_event_at": at + seconds,
                    "event_sequence": place,
                    "is_session_start": place == 0 or states[place - 1][0] is None,
                    "is_followed_by_logout": is_last or states[place + 1][0] is None,
                    "is_last_of_session": is_last or states[place + 1][0] is None,
                }
            at += seconds


@settings(max_examples=100, deadline=None)
@given(tracks=TRACKS)
def test_every_second_has_the_state_of_the_highest_priority_and_no_other(spans, tracks):
    changes = list(changes_of(tracks))
    spans.execute("delete from intermediate.int_agent_state_changes")
    for change in changes:
        times = {name: MIDNIGHT + timedelta(seconds=change[name]) for name in ("event_at", "next_event_at")}
        row = {"person_key": 1, "is_logout": False, "reason_code": None} | change | times
        spans.execute(
            f"insert into intermediate.int_agent_state_changes by name select {', '.join(f'${n} as {n}' for n in row)}",
            row,
        )
    expected = {}
    for change in changes:
        for second in range(change["event_at"], change["next_event_at"]):
            expected[second] = min(expected.get(second, change["state"]), change["state"], key=STATES.index)
    found = {}
    for state, started_at, ended_at in spans.execute(
        "select state, started_at, ended_at from intermediate.int_agent_state_spans"
    ).fetchall():
        for second in range(int((started_at - MIDNIGHT).total_seconds()), int((ended_at - MIDNIGHT).total_seconds())):
            assert second not in found, "a second is counted twice"
            found[second] = state
    assert found == expected
