"""The landing files of the benchmark: the same forever, accepted by the contract, and possible."""

import duckdb
import pytest
import yaml

from scripts.benchmark.warehouse.crew_days import CREW, simulate
from scripts.benchmark.warehouse.landing import LATE_DAY, NEXT_DAY, TABLES, Landing, Size
from scripts.check_landing import PROJECT, check_source

SIZE = Size(10_000)


def write(folder):
    with Landing(SIZE) as landing:
        landing.write_history(folder / "history" / "files")
        landing.write_next_day(folder / "next_day" / "files")
        landing.write_late_day(folder / "late_day" / "files")
    return folder


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    return write(tmp_path_factory.mktemp("landed"))


@pytest.fixture(scope="module")
def ask(landed):
    """Rows of a query over the file sets of the history, which are views."""
    with duckdb.connect() as connection:
        for table in (*TABLES, "agents"):
            files = landed / "history" / "files" / f"{table}*.parquet"
            connection.execute(f"create view {table} as from read_parquet('{files}')")
        yield lambda query: connection.execute(query).fetchall()


def test_the_same_size_gives_the_same_files(landed, tmp_path):
    def contents(folder):
        return {
            str(file.relative_to(folder)): duckdb.execute(
                f"select count(*), bit_xor(hash(landed)) from read_parquet('{file}') as landed"
            ).fetchone()
            for file in sorted(folder.rglob("*.parquet"))
        }

    first = contents(landed)
    assert len(first) == 12 * len(TABLES) + 7 + 2 * len(TABLES)
    assert first == contents(write(tmp_path))


def test_the_contract_of_plain_files_has_nothing_to_say(landed):
    tables = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]["landed_tables"]
    assert list(check_source(landed / "history", "files", tables["files"])) == []


def test_there_are_as_many_contacts_and_agents_as_asked_for(ask):
    assert ask("select count(*), count(distinct contact_id) from contacts") == [(SIZE.contacts, SIZE.contacts)]
    assert ask("select count(distinct agent_code) from agents") == [(SIZE.agents,)]


def test_an_agent_is_on_one_contact_at_a_time(ask):
    overlaps = ask("""
        select * from (
            select agent_code, connected_at, lag(ended_at + to_seconds(after_contact_work_seconds)) over (
                partition by agent_code order by connected_at
            ) as busy_until
            from agent_legs
        )
        where busy_until > connected_at
    """)
    assert overlaps == []


def test_the_states_of_an_agent_tell_each_contact_within_a_log_in(ask):
    untold = ask("""
        with sessions as (
            select agent_code, event_at as opened_at, lead(event_at) over (
                partition by agent_code order by event_at
            ) as closed_at, state
            from agent_state_events
            where state in ('login', 'offline')
        )
        select legs.leg_id
        from agent_legs as legs
        left join agent_state_events as events
            on
                legs.agent_code = events.agent_code
                and legs.connected_at = events.event_at
                and events.state = 'on_contact'
        left join sessions
            on
                sessions.state = 'login'
                and legs.agent_code = sessions.agent_code
                and legs.connected_at >= sessions.opened_at
                and legs.ended_at <= sessions.closed_at
        where events.event_id is null or sessions.opened_at is null
    """)
    assert untold == []


def test_a_contact_is_as_its_visits_and_legs_say(ask):
    torn = ask("""
        select contacts.contact_id
        from contacts
        left join queue_visits as visits on contacts.contact_id = visits.contact_id
        left join agent_legs as legs on visits.visit_id = legs.visit_id and legs.leg_type = 'customer'
        where
            visits.visit_id is null
            or visits.offered_at < contacts.started_at
            or visits.exited_at > contacts.ended_at
            or date_diff('second', visits.offered_at, visits.exited_at) <> visits.wait_seconds
            or (visits.exit_reason = 'answered') <> (legs.leg_id is not null)
            or legs.connected_at <> visits.answered_at
            or legs.ended_at > contacts.ended_at
    """)
    assert torn == []


def test_a_day_that_lands_later_is_no_part_of_the_history(landed, ask):
    for name, day in (("next_day", NEXT_DAY), ("late_day", LATE_DAY)):
        file = landed / name / "files" / f"agent_legs-{day}.parquet"
        rows = duckdb.execute(f"select connected_at, contact_id from read_parquet('{file}')").fetchall()
        assert rows
        assert {connected_at.date() for connected_at, _ in rows} == {day}
        assert ask(f"select count(*) from agent_legs where cast(connected_at as date) = '{day}'") == [(0,)]
        numbers = ", ".join(str(contact) for _, contact in rows)
        assert ask(f"select count(*) from contacts where contact_id in ({numbers})") == [(0,)]


def test_a_simulated_day_has_an_end_for_everybody():
    day = simulate(200, seed="a day of the test")
    assert day == simulate(200, seed="a day of the test")
    assert sorted(rank for rank, *_ in day.contacts) == list(range(200))
    last = {}
    for _, agent, _, state, _, at in sorted(day.states, key=lambda row: row[5]):
        last[agent] = (state, at)
    assert [state for state, _ in last.values()] == ["offline"] * CREW
