"""Every expectation can fail: the data is damaged once for each, and only that one says so.

The raw tables are the sample's seeds, the KPI tables are made by hand. All of it runs in one
process, as importing Great Expectations takes seconds.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from scripts import quality

SEEDS = Path(__file__).parents[2] / "seeds" / "sample"
# Great Expectations wants one source for each schema instead; one source keeps to one connection.
pytestmark = pytest.mark.filterwarnings("ignore:`schema_name` is deprecated")
RAW_TABLES = ("raw_call_detail_records", "raw_agent_activity")

# Ten days of two busy queues of calls and a small one, and of a queue each of chats, messages and
# mail, of four agents for calls and one for the rest; each queue day is two intervals. What is not
# a call is beyond the bounds of calls, so that these are shown to bind calls alone.
KPI_TABLES = """
create schema kpis;
create temporary table queue_days as
select date '2026-10-05' + cast(day as int) as offered_date, queues.*
from range(10) as days (day)
cross join (
    values
    (1, 'Billing', 1, 'Phone', 40, 36, 0.05e0, 25e0, 380e0, 10e0, 40e0),
    (2, 'Sales', 1, 'Phone', 40, 36, 0.05e0, 25e0, 380e0, 10e0, 40e0),
    (3, 'Small', 1, 'Phone', 6, 4, 0.05e0, 25e0, 380e0, 10e0, 40e0),
    (4, 'Chats', 2, 'Live chat', 20, 18, 0.05e0, 25e0, 2000e0, null, 40e0),
    (5, 'Messages', 3, 'SMS', 20, 19, null, 9000e0, 300e0, null, null),
    (6, 'Mail', 4, 'E-mail', 20, 20, null, 90000e0, 500e0, null, null)
) as queues (
    queue_key, queue_name, channel_key, channel_name, contacts_offered, contacts_answered,
    abandonment_rate, wait_seconds, handle_seconds, hold_seconds, after_contact_work_seconds
);

create table kpis.kpi_daily_by_queue as
select
    offered_date, queue_key, queue_name, contacts_offered, contacts_answered,
    0.8e0 as service_level, abandonment_rate, wait_seconds as average_speed_of_answer,
    wait_seconds * 1.2 as average_time_in_queue, wait_seconds * 8 as longest_wait,
    handle_seconds as average_handle_time,
    handle_seconds - coalesce(hold_seconds, 0) - coalesce(after_contact_work_seconds, 0)
        as average_talk_time,
    hold_seconds as average_hold_time,
    after_contact_work_seconds as average_after_contact_work_time, 0.1e0 as transfer_rate
from queue_days;

create table kpis.kpi_interval_by_queue as
select
    offered_date + interval (half * 12) hour as interval_start_at, queue_key, queue_name,
    contacts_offered // 2 as contacts_offered,
    contacts_answered // 2 + half * (contacts_answered % 2) as contacts_answered,
    service_level, abandonment_rate, average_speed_of_answer, average_time_in_queue,
    longest_wait, offered_date
from kpis.kpi_daily_by_queue
cross join (values (0), (1)) as halves (half);

create table kpis.kpi_interval_staffing as
select
    i.interval_start_at, i.queue_key, d.channel_key, i.queue_name, d.channel_name,
    i.contacts_offered as offered_count, i.offered_date
from kpis.kpi_interval_by_queue as i
inner join queue_days as d on i.offered_date = d.offered_date and i.queue_key = d.queue_key
where d.channel_name in ('Phone', 'Live chat');

create table kpis.kpi_daily_by_channel as
select
    offered_date as kpi_date, channel_key, channel_name, 120 as contact_count,
    cast(sum(contacts_offered) as bigint) as contacts_offered,
    cast(sum(contacts_answered) as bigint) as contacts_answered,
    0.8e0 as service_level, max(abandonment_rate) as abandonment_rate,
    max(wait_seconds) as average_speed_of_answer, max(wait_seconds) * 1.2 as average_time_in_queue,
    max(wait_seconds) * 8 as longest_wait, max(handle_seconds) as average_handle_time,
    0.1e0 as transfer_rate, 0.01e0 as blocked_contact_rate, 0.2e0 as containment_rate,
    case when offered_date < date '2026-10-12' then 0.7e0 end as first_contact_resolution,
    0.2e0 as repeat_contact_rate
from queue_days
group by offered_date, channel_key, channel_name;

create table kpis.kpi_daily_by_agent as
select
    date '2026-10-05' + cast(day as int) as interval_date, agents.*, 25000.0e0 as staffed_seconds,
    380.0e0 as average_handle_time, 330.0e0 as average_talk_time,
    40.0e0 as average_after_contact_work_time, 0.1e0 as transfer_rate
from range(10) as days (day)
cross join (
    values
    (1, 'agent 1', 19, 0.7e0, 10.0e0),
    (2, 'agent 2', 19, 0.7e0, 10.0e0),
    (3, 'agent 3', 19, 0.7e0, 10.0e0),
    (4, 'agent 4', 19, 0.7e0, 10.0e0),
    (5, 'agent 5', 90, 0.98e0, null)
) as agents (agent_key, agent_id, handled_count, occupancy_rate, average_hold_time);
"""

UTC_DAY = "cast(try_cast(started_at as timestamptz) at time zone 'America/New_York' as date)"
TENTH_DAY = f"{UTC_DAY} = (select min({UTC_DAY}) + 9 from {{table}})"
SITE_DAY = "try_cast(left(event_at, 10) as date)"
FIRST_SUNDAY = f"{SITE_DAY} = (select min({SITE_DAY}) from {{table}} where dayname({SITE_DAY}) = 'Sunday')"
ANY_ROW = "rowid = (select min(rowid) from {table} where %s)"
BILLING = "queue_name = 'Billing' and offered_date = '2026-10-05'"
FIRST_DAY = "channel_name = 'Phone' and kpi_date = '2026-10-05'"
CHATS, MESSAGES, MAIL = (
    f"channel_name = '{channel}' and kpi_date = '2026-10-05'" for channel in ("Live chat", "SMS", "E-mail")
)
FIRST_AGENT = "agent_key = 1 and interval_date = '2026-10-05'"
WRITING_AGENT = "agent_key = 5 and interval_date = '2026-10-05'"
ALL_KPI_TABLES = {
    "kpi_daily_by_queue": "offered_date",
    "kpi_interval_by_queue": "offered_date",
    "kpi_interval_staffing": "offered_date",
    "kpi_daily_by_channel": "kpi_date",
    "kpi_daily_by_agent": "interval_date",
}


def set_(assignment: str, where: str) -> str:
    return f"update {{table}} set {assignment} where {where}"


def set_one(assignment: str, where: str = "true") -> str:
    return set_(assignment, ANY_ROW % where)


def everywhere(statement: str) -> str:
    """One statement for all KPI tables, where a damage must not make totals disagree."""
    return ";".join(statement.format(table=f"kpis.{table}", date=date) for table, date in ALL_KPI_TABLES.items())


# The longest wait of a day is alike in three tables.
LONGEST_MAIL = (
    "update kpis.kpi_daily_by_queue set longest_wait = 1300000 where queue_name = 'Mail';"
    "update kpis.kpi_interval_by_queue set longest_wait = 1300000 where queue_name = 'Mail';"
    "update kpis.kpi_daily_by_channel set longest_wait = 1300000 where channel_name = 'E-mail'"
)

# What is done to the table of an expectation, and so is to be noticed by that expectation alone.
DAMAGES = {
    "raw_call_detail_records": [
        ("columns_present", "alter table {table} drop column disposition"),
        ("rows_delivered", "delete from {table} where rowid % 5 > 0"),
        ("segment_type_known", set_one("segment_type = 'video'", "segment_type = 'ivr'")),
        ("direction_known", set_one("direction = 'sideways'")),
        ("channel_known", set_one("channel = 'fax'")),
        ("outcome_known", set_one("outcome = 'LOST'", "outcome = 'CONTAINED'")),
        ("contact_id_present", set_("contact_id = null", "rowid % 100 = 0")),
        ("started_at_parses", set_("started_at = '10/05/2026 8 AM'", "rowid % 200 = 0")),
        ("started_at_parses", set_("started_at = rtrim(started_at, 'Z')", "rowid % 200 = 0")),
        ("other_times_parse", set_one("updated_at = 'soon'")),
        ("other_times_parse", set_one("ended_at = rtrim(ended_at, 'Z')")),
        ("durations_parse", set_one("hold_seconds = '1m30s'")),
        ("durations_parse", set_one("dial_seconds = 'soon'")),
        ("durations_possible", set_("wait_seconds = '-300'", "rowid % 200 = 0")),
        ("durations_possible", set_("ring_seconds = '99999'", "rowid % 200 = 0")),
        ("answered_rows_complete", set_one("agent_id = null", "outcome = 'ANSWERED'")),
        ("answered_rows_complete", set_one("answered_at = null", "outcome = 'ANSWERED'")),
        ("customer_number_share", set_("customer_number = null", "rowid % 5 = 0")),
        (
            "customer_number_share",
            set_("customer_number = '+1-607-555-0100'", "customer_number is null"),
        ),
        ("customer_number_format", set_one("customer_number = 'anonymous'")),
        (
            "exact_duplicates_share",
            "insert into {table} select * from {table} where rowid % 100 = 0",
        ),
        ("void_share", set_("outcome = 'VOID'", "rowid % 100 = 0")),
        ("late_share", set_("updated_at = '2030-01-01T00:00:00Z'", "rowid % 50 = 0")),
        ("every_day_arrived", f"delete from {{table}} where {TENTH_DAY}"),
        ("every_day_arrived", f"delete from {{table}} where rowid % 40 > 0 and {TENTH_DAY}"),
        ("volume_by_weekday", f"delete from {{table}} where rowid % 4 > 0 and {TENTH_DAY}"),
    ],
    "raw_agent_activity": [
        ("columns_present", "alter table {table} drop column event_id"),
        (
            "rows_delivered",
            "delete from {table} where rowid % 5 > 0 and state not in ('LOGIN', 'LOGOUT')",
        ),
        ("state_known", set_one("state = 'NAPPING'", "state = 'AVAILABLE'")),
        ("auxiliary_reason_known", set_("reason = 'GYM'", "state = 'AUX' and rowid % 20 = 0")),
        ("event_at_parses", set_("event_at = '25:99'", "rowid % 500 = 0")),
        ("event_at_parses", set_("event_at = left(event_at, 19)", "rowid % 500 = 0")),
        ("agent_id_present", set_("agent_id = null", "rowid % 500 = 0")),
        (
            "exact_duplicates_share",
            "insert into {table} select * from {table} where rowid % 100 = 0",
        ),
        ("logins_have_logouts", "delete from {table} where state = 'LOGOUT' and rowid % 2 = 0"),
        ("every_day_arrived", f"delete from {{table}} where {FIRST_SUNDAY}"),
        (
            "volume_by_weekday",
            f"delete from {{table}} where rowid % 4 > 0 and state not in ('LOGIN', 'LOGOUT') and {FIRST_SUNDAY}",
        ),
        (
            "agents_who_answer_are_logged",
            "delete from {table} where agent_id = (select mode(agent_id) from {table})",
        ),
    ],
    "kpis": [
        ("service_level_plausible_by_queue", set_("service_level = 0.05", BILLING)),
        ("abandonment_rate_plausible_by_queue", set_("abandonment_rate = 0.6", BILLING)),
        (
            "average_speed_of_answer_plausible_by_queue",
            set_("average_speed_of_answer = 700", BILLING),
        ),
        ("average_time_in_queue_plausible_by_queue", set_("average_time_in_queue = 1000", BILLING)),
        (
            "longest_wait_plausible_by_queue",
            # Mail waits longer still, so the longest wait over all channels stays what it is.
            "update kpis.kpi_daily_by_queue set longest_wait = 8000 where queue_key = 1;"
            "update kpis.kpi_interval_by_queue set longest_wait = 8000 where queue_key = 1",
        ),
        ("average_handle_time_plausible_by_queue", set_("average_handle_time = 2000", BILLING)),
        ("average_talk_time_plausible_by_queue", set_("average_talk_time = 1600", BILLING)),
        ("average_hold_time_plausible_by_queue", set_("average_hold_time = 400", BILLING)),
        (
            "average_after_contact_work_time_plausible_by_queue",
            set_("average_after_contact_work_time = 700", BILLING),
        ),
        ("transfer_rate_plausible_by_queue", set_("transfer_rate = 0.6", BILLING)),
        (
            "average_speed_of_answer_plausible_by_channel",
            set_("average_speed_of_answer = 700", CHATS),
        ),
        (
            "average_speed_of_answer_plausible_by_channel",
            set_("average_speed_of_answer = 50000", MESSAGES),
        ),
        (
            "average_speed_of_answer_plausible_by_channel",
            set_("average_speed_of_answer = 300000", MAIL),
        ),
        (
            "average_time_in_queue_plausible_by_channel",
            set_("average_time_in_queue = 1000", CHATS),
        ),
        (
            "average_time_in_queue_plausible_by_channel",
            set_("average_time_in_queue = 50000", MESSAGES),
        ),
        (
            "average_time_in_queue_plausible_by_channel",
            set_("average_time_in_queue = 300000", MAIL),
        ),
        ("longest_wait_plausible_by_channel", set_("longest_wait = 8000", CHATS)),
        ("longest_wait_plausible_by_channel", set_("longest_wait = 300000", MESSAGES)),
        ("longest_wait_plausible_by_channel", LONGEST_MAIL),
        ("average_handle_time_plausible_by_channel", set_("average_handle_time = 4000", CHATS)),
        ("average_handle_time_plausible_by_channel", set_("average_handle_time = 2000", MAIL)),
        (
            "blocked_contact_rate_plausible_by_channel",
            set_("blocked_contact_rate = 0.3", FIRST_DAY),
        ),
        ("containment_rate_plausible_by_channel", set_("containment_rate = 0.9", FIRST_DAY)),
        (
            "first_contact_resolution_plausible_by_channel",
            set_("first_contact_resolution = 0.99", FIRST_DAY),
        ),
        ("repeat_contact_rate_plausible_by_channel", set_("repeat_contact_rate = 0", FIRST_DAY)),
        ("occupancy_rate_plausible_by_agent", set_("occupancy_rate = 0.97", FIRST_AGENT)),
        ("occupancy_rate_plausible_by_agent", set_("occupancy_rate = 1", WRITING_AGENT)),
        ("average_handle_time_plausible_by_agent", set_("average_handle_time = 20", FIRST_AGENT)),
        (
            "average_after_contact_work_time_plausible_by_agent",
            set_("average_after_contact_work_time = 700", FIRST_AGENT),
        ),
        ("transfer_rate_plausible_by_agent", set_("transfer_rate = 0.7", FIRST_AGENT)),
        ("possible_values_by_queue", set_one("transfer_rate = 1.2", "queue_name = 'Small'")),
        ("possible_values_by_queue", set_one("average_hold_time = -1", "queue_name = 'Small'")),
        ("possible_values_by_channel", set_("service_level = 1.2", FIRST_DAY)),
        ("possible_values_by_agent", set_("staffed_seconds = -1", FIRST_AGENT)),
        ("possible_values_by_interval", set_one("abandonment_rate = 1.2")),
        ("staffed_within_a_day", set_("staffed_seconds = 60000", FIRST_AGENT)),
        ("answered_visits_have_kpis", set_("service_level = null", BILLING)),
        ("answered_calls_and_chats_have_abandonment", set_("abandonment_rate = null", BILLING)),
        ("answered_visits_have_handle_time", set_("transfer_rate = null", BILLING)),
        ("hold_and_work_time_stay_known", set_("average_hold_time = null", BILLING)),
        ("intervals_have_kpis", set_one("average_speed_of_answer = null")),
        ("intervals_of_calls_and_chats_have_abandonment", set_one("abandonment_rate = null")),
        ("handled_contacts_have_kpis", set_("average_talk_time = null", FIRST_AGENT)),
        ("staffed_agents_have_occupancy", set_("occupancy_rate = null", FIRST_AGENT)),
        ("answered_channels_have_kpis", set_("average_handle_time = null", FIRST_DAY)),
        ("contacts_have_blocked_rate", set_("blocked_contact_rate = null", FIRST_DAY)),
        ("repeats_stay_known", set_("containment_rate = null", FIRST_DAY)),
        (
            "resolution_known_until_windows_close",
            set_("first_contact_resolution = null", FIRST_DAY),
        ),
        (
            "every_day_has_kpis",
            everywhere("delete from {table} where {date} = date '2026-10-08'"),
        ),
        (
            "queues_and_channels_agree",
            "update kpis.kpi_daily_by_channel set contacts_offered = contacts_offered + 1"
            " where channel_name = 'E-mail'",
        ),
        ("queues_and_intervals_agree", set_one("contacts_answered = contacts_answered - 1")),
        ("staffing_and_channels_agree", "delete from {table} where channel_name = 'Live chat'"),
        ("agents_and_calls_agree", set_("handled_count = handled_count * 2", "agent_key < 5")),
        (
            "agents_and_written_contacts_agree",
            set_("handled_count = handled_count * 2", "agent_key = 5"),
        ),
    ],
}


@pytest.fixture(scope="session")
def sound(tmp_path_factory) -> dict[str, Path]:
    """One undamaged file for each suite."""
    folder = tmp_path_factory.mktemp("quality")
    files = {}
    for suite in DAMAGES:
        files[suite] = folder / f"sound_{suite}.duckdb"
        with duckdb.connect(files[suite]) as connection:
            if suite == "kpis":
                connection.execute(KPI_TABLES)
            else:
                connection.execute("create schema raw")
                for table in RAW_TABLES:
                    connection.execute(
                        f"create table raw.{table} as from read_csv('{SEEDS / table}.csv', all_varchar = true)"
                    )
    return files


def suite_named(name: str) -> quality.Suite:
    return quality.read_suite(quality.FOLDER / f"{name}.yml")


def failures(suite: quality.Suite, file: Path) -> list[quality.Outcome]:
    suites, skipped = quality.present_suites([suite], file)
    assert not skipped
    return [outcome for outcome in quality.check(suites, file) if not outcome.success]


@pytest.mark.parametrize("name", DAMAGES)
def test_every_expectation_has_a_damage_and_holds_without_it(name, sound):
    suite = suite_named(name)
    assert {damaged for damaged, _ in DAMAGES[name]} == {e.name for e in suite.expectations}
    assert failures(suite, sound[name]) == []


def rounds() -> list:
    """Each damage alone, but the plausible ranges of a table at once: each reads one column.

    A range with several bounds has a damage for each, which go into as many rounds.
    """
    grouped = {}
    for name, damages in DAMAGES.items():
        for number, (damaged, sql) in enumerate(damages):
            _, is_range, table = damaged.partition("_plausible_by_")
            bound = sum(earlier == damaged for earlier, _ in damages[:number])
            key = f"{name}.ranges_by_{table}-{bound}" if is_range else f"{name}.{damaged}-{number}"
            grouped.setdefault(key, (name, {}))[1][damaged] = sql
    return [pytest.param(name, damages, id=key) for key, (name, damages) in grouped.items()]


@pytest.mark.parametrize("name, damages", rounds())
def test_a_damage_is_noticed_by_its_expectation_alone(name, damages, sound, tmp_path):
    suite = suite_named(name)
    relation = next(e.relation for e in suite.expectations if e.name in damages)
    file = tmp_path / "damaged.duckdb"
    shutil.copy(sound[name], file)
    with duckdb.connect(file) as connection:
        for sql in damages.values():
            connection.execute(sql.format(table=relation))
        # What reads none of the damaged tables finds what it found in the sound ones.
        touched = {relation, *re.findall(r"kpis\.\w+", " ".join(damages.values()))}
        affected = [e for e in suite.expectations if touched & quality.relations(e, connection)]
    noticed = failures(replace(suite, expectations=affected), file)
    assert {outcome.expectation.name for outcome in noticed} == set(damages)
    assert all(outcome.was_checked and outcome.observed for outcome in noticed)


def outcome_of(**changes) -> quality.Outcome:
    claim = {
        "suite": "kpis",
        "schema": "kpis",
        "name": "waits",
        "meaning": "Nobody waits for hours.",
        "severity": "warn",
        "action": "Look.",
        "owner": "analytics",
        "table": "kpi_days",
    }
    keys = set(changes) & set(claim)
    rest = {key: value for key, value in changes.items() if key not in keys}
    expectation = quality.Expectation(**{**claim, **{key: changes[key] for key in keys}})
    return quality.Outcome(expectation, **{"success": False, "observed": "9000", **rest})


def test_the_report_has_a_line_for_each_failure_errors_first():
    outcomes = [
        outcome_of(success=True),
        outcome_of(),
        outcome_of(name="ratios", severity="error", meaning="Ratios are shares.", observed="1.2"),
        outcome_of(name="broken", observed="could not be checked", was_checked=False),
    ]
    assert quality.report(outcomes, ["raw skipped: the build has no table raw.calls"]) == [
        "error  kpis.ratios  Ratios are shares.       found: 1.2                   do: Look. (analytics)",
        "error  kpis.broken  Nobody waits for hours.  found: could not be checked  do: Look. (analytics)",
        "warn   kpis.waits   Nobody waits for hours.  found: 9000                  do: Look. (analytics)",
        "raw skipped: the build has no table raw.calls",
        "1 expectations passed, 3 failed",
    ]


@pytest.mark.parametrize(
    "severity, was_checked, exit_code",
    [("warn", True, 0), ("error", True, 1), ("warn", False, 1)],
)
def test_errors_and_what_could_not_be_checked_fail_the_run(severity, was_checked, exit_code, monkeypatch):
    monkeypatch.setattr(quality, "present_suites", lambda suites, build: (suites, []))
    outcome = outcome_of(severity=severity, was_checked=was_checked)
    monkeypatch.setattr(quality, "check", lambda suites, build: [outcome])
    assert quality.main() == exit_code


ENTRY = """\
  - name: waits
    meaning: Nobody waits for hours.
    severity: error
    unexpected_rows: select * from {batch} where longest_wait > 7200
    action: Look.
"""
SPECIFICATION = f"""\
schema: kpis
table: kpi_daily_by_queue
owner: analytics
expectations:
{ENTRY}"""


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("schema: kpis", "schema: marts", "days.yml: schema is marts; it may be raw or kpis"),
        ("severity: error", "severity: fatal", "severity is fatal; it may be error or warn"),
        ("owner:", "ownr:", "days.yml: unknown key ownr; known are schema, table, owner"),
        ("    meaning:", "    sense:", "expectation waits: unknown key sense; known are name"),
        ("    action: Look.", "", "expectation waits: the key action is missing"),
        ("    unexpected_rows:", "    tolerance:", "give either the key expectation or"),
        ("{batch}", "kpis.kpi_daily_by_queue", "must read from {batch}, its own table"),
        ("_by_queue", "_by_moon", "the build has no table kpis.kpi_daily_by_moon"),
        ("where", "join kpis.kpi_gone on true where", "the build has no table kpis.kpi_gone"),
        ("where", "join marts.dim_kpi on true where", "reads marts.dim_kpi; only raw and kpis"),
        ("where", "wherever it is that", "expectation waits: its SQL does not parse: syntax error"),
        ("schema: kpis", "schema: [kpis", "days.yml is not YAML: while parsing"),
        (ENTRY, "", "days.yml: the list of expectations is empty"),
        (ENTRY, ENTRY * 2, "days.yml: the list of expectations has two of waits"),
    ],
)
def test_a_faulty_specification_is_refused_in_one_sentence(old, new, sentence, sound, tmp_path):
    file = tmp_path / "days.yml"
    file.write_text(SPECIFICATION.replace(old, new))
    with pytest.raises(quality.QualityError) as refused:
        quality.present_suites(quality.read_suites(tmp_path), sound["kpis"])
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_expectation_unknown_to_great_expectations_is_refused(sound, tmp_path):
    (tmp_path / "days.yml").write_text(
        SPECIFICATION.replace(
            "unexpected_rows: select * from {batch} where longest_wait > 7200",
            "expectation: expect_peace_and_quiet",
        )
    )
    suites = quality.read_suites(tmp_path)
    with pytest.raises(quality.QualityError, match="has no expectation expect_peace_and_quiet"):
        quality.check(suites, sound["kpis"])


def test_suites_of_the_sample_are_skipped_where_it_was_not_landed(sound):
    present, skipped = quality.present_suites(quality.read_suites(), sound["kpis"])
    assert [suite.name for suite in present] == ["kpis"]
    assert skipped == [f"{table} skipped: the build has no table raw.{table}" for table in sorted(RAW_TABLES)]


def test_a_missing_build_is_refused(tmp_path):
    with pytest.raises(quality.QualityError, match=r"there is no build file .*; run `dbt build`"):
        quality.present_suites([], tmp_path / "build.duckdb")
