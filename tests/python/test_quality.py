"""Every expectation can fail: the data is damaged once for each, and only that one says so.

The raw tables are the sample's seeds, the tables of meta and of KPIs are made by hand. KPIs of several families are
damaged at once, as each family judges its own. All of it runs in one
process, as importing Great Expectations takes seconds. What was damaged and which expectation caught it is
written to target/docs/quality/damages.md.
"""

import re
import shutil
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import duckdb
import pytest

from scripts import quality

SEEDS = Path(__file__).parents[2] / "seeds" / "sample"
# Great Expectations wants one source for each schema instead; one source keeps to one connection.
pytestmark = pytest.mark.filterwarnings("ignore:`schema_name` is deprecated")
DAMAGES_PAGE = Path("target/docs/quality/damages.md")
# Written out by hand, with damages below; what the other landed tables claim are patterns, damaged by kind.
RAW_TABLES = ("raw_call_detail_records", "raw_agent_activity")
FAMILIES = tuple(
    f"kpis/{file.stem}" for file in sorted((quality.FOLDER / "kpis").glob("*.yml")) if file.name != quality.PATTERNS
)
PATTERNED = tuple(file.stem for file in sorted(quality.FOLDER.glob("raw_*.yml")) if file.stem not in RAW_TABLES)
LOCAL_TIMES = ("raw_schedules", "raw_absences")

# Six weeks of a table of calls, with 40 rows an hour from 8 to 20, and of one of chats.
LANDED = """
create schema meta;
create table meta.landed_hours as
select
    'files' as source_system, 'default' as source_instance, table_name, 'started_at' as event_time_column,
    event_hour_at, event_hour_at + interval 59 minute as newest_event_at, 40::bigint as rows_used
from (
    select timestamp '2026-10-05' + cast(hour as int) * interval 1 hour as event_hour_at
    from range(1008) as hours (hour)
) as hours
cross join (values ('calls'), ('chats')) as landed (table_name)
where hour(event_hour_at) between 8 and 19;
create table meta.row_accounting as
select 'files' as source_system, table_name, 20560 as rows_in, 20160 as rows_used, 200 as rows_quarantined,
    0 as rows_dropped, 200 as rows_duplicate
from (values ('calls'), ('chats')) as landed (table_name);
create table meta.judged_rows as
select 'files' as source_system, table_name, row_status, row_status_reason, row_count
from (values ('calls'), ('chats')) as landed (table_name)
cross join (
    values ('used', null, 20160), ('quarantined', 'unusable_time', 200), ('duplicate', 'exact_duplicate', 200)
) as fates (row_status, row_status_reason, row_count);
"""

# Thirty days of two busy queues of calls and a small one, and of a queue each of chats, messages and
# mail, of five agents for calls and one for the rest. What is not a call is beyond the bounds of
# calls, so that these are shown to bind calls alone.
KPI_PARTS = """
create schema kpis;
create schema marts;
create table marts.dim_kpi as
select
    *, 'cast(' || aggregate || '(v.part) as double)' as numerator_expression,
    case aggregate when 'sum' then 'cast(sum(v.cases) as double)' end as denominator_expression
from (
    values
    ('accessibility', 'contacts_offered', 'count', 1, 0, null, 'sum'),
    ('accessibility', 'contacts_answered', 'count', 1, 0, null, 'sum'),
    ('accessibility', 'service_level', 'ratio', 1, 0, 1, 'sum'),
    ('accessibility', 'abandonment_rate', 'ratio', 1, 0, 1, 'sum'),
    ('accessibility', 'average_speed_of_answer', 'seconds', 1, 0, 604800, 'sum'),
    ('accessibility', 'average_time_in_queue', 'seconds', 2, 0, 604800, 'sum'),
    ('accessibility', 'longest_wait', 'seconds', 2, 0, 2592000, 'max'),
    ('accessibility', 'traffic_intensity', 'erlangs', 2, 0, null, 'max'),
    ('accessibility', 'blocked_contact_rate', 'ratio', 2, 0, 1, 'sum'),
    ('handling', 'average_handle_time', 'seconds', 1, 0, 36000, 'sum'),
    ('handling', 'average_talk_time', 'seconds', 2, 0, 36000, 'sum'),
    ('handling', 'average_hold_time', 'seconds', 2, 0, 36000, 'sum'),
    ('handling', 'average_after_contact_work_time', 'seconds', 2, 0, 36000, 'sum'),
    ('handling', 'transfer_rate', 'ratio', 1, 0, 1, 'sum'),
    ('handling', 'concurrency', 'count', 3, 1, 20, 'max'),
    ('outbound', 'connect_rate', 'ratio', 1, 0, 1, 'sum'),
    ('outbound', 'outbound_abandonment_rate', 'ratio', 1, 0, 1, 'sum'),
    ('outbound', 'conversion_rate', 'ratio', 2, 0, 1, 'sum'),
    ('resolution', 'first_contact_resolution', 'ratio', 1, 0, 1, 'sum'),
    ('resolution', 'repeat_contact_rate', 'ratio', 2, 0, 1, 'sum'),
    ('self_service', 'containment_rate', 'ratio', 2, 0, 1, 'sum'),
    ('self_service', 'true_containment_rate', 'ratio', 2, 0, 1, 'sum'),
    ('voice_of_customer', 'net_promoter_score', 'points', 2, -100, 100, 'sum'),
    ('voice_of_customer', 'survey_response_rate', 'ratio', 2, 0, 1, 'sum'),
    ('voice_of_customer', 'customer_satisfaction', 'ratio', 1, 0, 1, 'sum'),
    ('voice_of_customer', 'quality_score', 'ratio', 1, 0, 1, 'sum'),
    ('workforce', 'occupancy_rate', 'ratio', 1, 0, 1, 'sum'),
    ('workforce', 'utilization_rate', 'ratio', 1, 0, 3, 'sum'),
    ('workforce', 'staffed_hours', 'hours', 2, 0, null, 'sum'),
    ('workforce', 'schedule_adherence', 'ratio', 1, 0, 1, 'sum'),
    ('workforce', 'shrinkage_rate', 'ratio', 1, 0, 1, 'sum'),
    ('workforce', 'absenteeism_rate', 'ratio', 2, 0, 1, 'sum'),
    ('workforce', 'absence_days_per_agent', 'days', 3, 0, 366, 'sum'),
    ('cost', 'cost_per_contact', 'money', 1, 0, 200, 'sum'),
    ('cost', 'cost_per_resolution', 'money', 2, 0, 500, 'sum')
) as kpis (family, kpi_name, unit, tier, plausible_from, plausible_to, aggregate);

create temporary table days as
select date '2026-10-05' + cast(day as int) as kpi_date, day from range(30) as days (day);

create temporary table visits as
select kpi_date, queues.*, unnest([
    {'kpi_name': 'contacts_offered', 'numerator': offered, 'denominator': null, 'cases': offered},
    {'kpi_name': 'contacts_answered', 'numerator': answered, 'denominator': null, 'cases': answered},
    {'kpi_name': 'service_level', 'numerator': 0.8e0 * offered, 'denominator': offered, 'cases': offered},
    {'kpi_name': 'abandonment_rate', 'numerator': lost * offered, 'denominator': offered, 'cases': offered},
    {'kpi_name': 'average_speed_of_answer', 'numerator': wait * answered, 'denominator': answered, 'cases': answered},
    {'kpi_name': 'average_time_in_queue', 'numerator': wait * offered, 'denominator': offered, 'cases': offered},
    {'kpi_name': 'longest_wait', 'numerator': wait * 8, 'denominator': null, 'cases': offered},
    {'kpi_name': 'average_handle_time', 'numerator': work * answered, 'denominator': answered, 'cases': answered},
    {'kpi_name': 'average_talk_time', 'numerator': 0.9 * work * answered, 'denominator': answered, 'cases': answered},
    {'kpi_name': 'average_hold_time', 'numerator': hold * answered, 'denominator': answered, 'cases': answered},
    {'kpi_name': 'average_after_contact_work_time', 'numerator': 40e0 * answered, 'denominator': answered,
        'cases': answered},
    {'kpi_name': 'transfer_rate', 'numerator': 0.1e0 * answered, 'denominator': answered, 'cases': answered},
    {'kpi_name': 'traffic_intensity', 'numerator': work * answered, 'denominator': 900, 'cases': offered}
], recursive := true)
from days
cross join (
    values
    (1, 'Billing', 1, 'Phone', 50, 45, 0.05e0, 25e0, 380e0, 10e0),
    (2, 'Sales', 1, 'Phone', 50, 45, 0.05e0, 25e0, 380e0, 10e0),
    (3, 'Small', 1, 'Phone', 6, 4, 0.05e0, 25e0, 380e0, 10e0),
    (4, 'Chats', 2, 'Live chat', 20, 18, 0.05e0, 25e0, 2000e0, null),
    (5, 'Messages', 3, 'SMS', 20, 19, null, 9000e0, 300e0, null),
    (6, 'Mail', 4, 'E-mail', 20, 20, null, 90000e0, 500e0, null)
) as queues (queue_key, queue_name, channel_key, channel_name, offered, answered, lost, wait, work, hold);

create temporary table contacts as
select
    kpi_date, 1 as channel_key, 'Phone' as channel_name, shares.kpi_name,
    -- Of the last three days nobody knows yet whether the customer came back.
    case when shares.kpi_name <> 'first_contact_resolution' or day < 27 then share * 120 end as numerator,
    case when shares.kpi_name <> 'first_contact_resolution' or day < 27 then 120 else 0 end as denominator,
    denominator as cases
from days
cross join (
    values ('blocked_contact_rate', 0.01e0), ('containment_rate', 0.2e0), ('true_containment_rate', 0.15e0),
    ('first_contact_resolution', 0.7e0), ('repeat_contact_rate', 0.2e0), ('net_promoter_score', 20e0),
    ('survey_response_rate', 0.2e0), ('customer_satisfaction', 0.8e0)
) as shares (kpi_name, share);

create temporary table agents as
select kpi_date, agents.*, unnest([
    {'kpi_name': 'occupancy_rate', 'numerator': busy * 25000, 'denominator': 25000, 'cases': 25000},
    {'kpi_name': 'utilization_rate', 'numerator': 0.6e0 * 28800, 'denominator': 28800, 'cases': 100},
    {'kpi_name': 'staffed_hours', 'numerator': 7e0, 'denominator': null, 'cases': 7},
    {'kpi_name': 'schedule_adherence', 'numerator': 0.9e0 * 25000, 'denominator': 25000, 'cases': 100},
    {'kpi_name': 'shrinkage_rate', 'numerator': 0.2e0 * 25000, 'denominator': 25000, 'cases': 100},
    {'kpi_name': 'quality_score', 'numerator': 8e0, 'denominator': 10, 'cases': 1},
    {'kpi_name': 'conversion_rate', 'numerator': 0.3e0 * handled, 'denominator': handled, 'cases': handled},
    {'kpi_name': 'concurrency', 'numerator': 1e0, 'denominator': null, 'cases': handled},
    {'kpi_name': 'average_handle_time', 'numerator': 380e0 * handled, 'denominator': handled, 'cases': handled},
    {'kpi_name': 'average_hold_time', 'numerator': hold * handled, 'denominator': handled, 'cases': handled},
    {'kpi_name': 'average_after_contact_work_time', 'numerator': 40e0 * handled, 'denominator': handled,
        'cases': handled},
    {'kpi_name': 'transfer_rate', 'numerator': 0.1e0 * handled, 'denominator': handled, 'cases': handled}
], recursive := true)
from days
cross join (
    values
    (1, 'agent 1', 24, 0.7e0, 10e0), (2, 'agent 2', 24, 0.7e0, 10e0), (3, 'agent 3', 24, 0.7e0, 10e0),
    (4, 'agent 4', 24, 0.7e0, 10e0), (5, 'agent 5', 90, 0.98e0, null), (6, 'agent 6', 3, 0.2e0, 10e0)
) as agents (agent_key, agent_name, handled, busy, hold);

create temporary table campaigns as
select kpi_date, 'Any' as campaign_name, parts.*
from days
cross join (
    values ('connect_rate', 60e0, 200, 200), ('outbound_abandonment_rate', 1e0, 60, 60)
) as parts (kpi_name, numerator, denominator, cases);

create temporary table costs as
select
    date '2026-05-01' + cast(month as int) * interval 1 month as kpi_date, 1 as channel_key, 'Phone' as channel_name,
    parts.*
from range(6) as months (month)
cross join (
    values ('cost_per_contact', 600e0, 100, 100), ('cost_per_resolution', 600e0, 70, 100)
) as parts (kpi_name, numerator, denominator, cases);

-- What is known by the month alone.
create temporary table months as
select
    date_trunc('month', kpi_date)::date as kpi_date, 1 as channel_key, 'Phone' as channel_name, 'All' as team_name,
    1 as agent_key, 'agent 1' as agent_name, parts.*
from days
cross join (
    values ('absenteeism_rate', 1e0, 20, 20), ('absence_days_per_agent', 12e0, 2, 20)
) as parts (kpi_name, numerator, denominator, cases)
where day % 15 = 0;

create table kpis.kpi_interval_staffing as
select kpi_date::timestamp as interval_start_at, queue_key, channel_key, channel_name, offered as offered_count
from visits
where kpi_name = 'contacts_offered' and channel_name in ('Phone', 'Live chat');
"""
OF_CAMPAIGNS = """(
    from campaigns union all by name from agents where kpi_name in ('transfer_rate', 'average_handle_time')
)"""
KPI_TABLES = {
    "kpi_daily": (
        "(from visits union all by name from contacts union all by name from campaigns union all by name"
        " from agents where kpi_name in ('quality_score', 'concurrency')"
        " or kpi_name in (select kpi_name from marts.dim_kpi where family = 'workforce'))",
        "kpi_date",
    ),
    "kpi_daily_by_channel": ("(from visits union all by name from contacts)", "kpi_date, channel_key, channel_name"),
    "kpi_daily_by_queue": ("visits", "kpi_date, queue_key, channel_key, queue_name, channel_name"),
    "kpi_daily_by_reason": ("(from visits where kpi_name = 'service_level')", "kpi_date, contact_reason_name"),
    "kpi_daily_by_team": ("agents", "kpi_date, team_key, team_name"),
    "kpi_daily_by_agent": ("agents", "kpi_date, agent_key, agent_name"),
    "kpi_daily_by_campaign": (OF_CAMPAIGNS, "kpi_date, campaign_name"),
    "kpi_monthly_by_campaign": (OF_CAMPAIGNS, "month_start_date, campaign_name"),
    "kpi_monthly_by_currency": ("costs", "month_start_date, currency_code"),
    "kpi_monthly": (
        "(from visits union all by name from months union all by name from costs)",
        "month_start_date",
    ),
    "kpi_monthly_by_channel": (
        "(from visits union all by name from contacts union all by name from costs)",
        "month_start_date, channel_key, channel_name",
    ),
    "kpi_monthly_by_team": ("(from agents union all by name from months)", "month_start_date, team_name"),
    "kpi_monthly_by_agent": (
        "(from agents union all by name from months)",
        "month_start_date, agent_key, agent_name",
    ),
    "kpi_interval_by_queue": (
        "(from visits, (values (0), (12)) as halves (hour) where kpi_name = 'service_level')",
        "interval_start_at, queue_key, channel_key, queue_name, channel_name",
    ),
}
MEMBERS = {
    "contact_reason_name": "'Any'",
    "team_key": "1",
    "team_name": "'All'",
    "campaign_name": "'Any'",
    "currency_code": "'EUR'",
    "month_start_date": "date_trunc('month', kpi_date)::date",
    "interval_start_at": "kpi_date + interval (hour) hour",
}


def kpi_table(table: str) -> str:
    """Add up the parts for one table of KPIs; a quarter hour has half of the day's."""
    source, keys = KPI_TABLES[table]
    members = ", ".join(f"{MEMBERS.get(key, key)} as {key}" for key in keys.split(", "))
    share = "0.5" if "interval" in table else "1"
    return f"""
    create table kpis.{table} as
    select *, case when denominator is null then numerator else numerator / nullif(denominator, 0) end as value
    from (
        select
            {members}, kpi_name, tier,
            case any_value(aggregate) when 'sum' then {share} * sum(numerator) else max(numerator) end as numerator,
            {share} * sum(denominator) as denominator, cast(sum(cases) as bigint) as observation_count
        from {source} as parts
        inner join marts.dim_kpi using (kpi_name)
        where numerator is not null or kpi_name = 'first_contact_resolution'
        group by all
    ) as kpis
    """


UTC_DAY = "cast(try_cast(started_at as timestamptz) at time zone 'America/New_York' as date)"
TENTH_DAY = f"{UTC_DAY} = (select min({UTC_DAY}) + 9 from {{table}})"
SITE_DAY = "try_cast(left(event_at, 10) as date)"
FIRST_SUNDAY = f"{SITE_DAY} = (select min({SITE_DAY}) from {{table}} where dayname({SITE_DAY}) = 'Sunday')"
ANY_ROW = "rowid = (select min(rowid) from {table} where %s)"
DAY = "kpi_date = '2026-10-06'"
LANDED_DAY = "event_hour_at::date = '2026-10-20'"
WRITING = "agent_name = 'agent 5'"


def set_(assignment: str, where: str) -> str:
    return f"update {{table}} set {assignment} where {where}"


def set_one(assignment: str, where: str = "true") -> str:
    return set_(assignment, ANY_ROW % where)


def set_value(kpi: str, value: float | str, member: str, table: str = "{table}") -> str:
    column = "agent_name" if member.startswith("agent") else "queue_name"
    column = "channel_name" if member == "Phone" else column
    return f"update {table} set value = {value} where kpi_name = '{kpi}' and {column} = '{member}' and {DAY}"


BY_CAMPAIGN = ("kpi_daily_by_campaign", "kpi_monthly_by_campaign")
OF_PEOPLE = ("kpi_monthly_by_team", "kpi_monthly_by_agent")
OF_COSTS = ("kpi_monthly", "kpi_monthly_by_channel")
DAILY = ("kpi_daily", "kpi_daily_by_channel", "kpi_daily_by_queue", "kpi_daily_by_team", "kpi_daily_by_agent")
BESIDE_QUEUES = ("kpi_daily_by_channel", "kpi_daily")
IS_RATE = "kpi_name = 'abandonment_rate'"
IN_JULY = "month_start_date = '2026-07-01'"
OF_CONTACTS = "kpi_name = 'cost_per_contact'"


def forget(kpi: str, *tables: str) -> str:
    """One day without the parts of a KPI, in all tables that are added up, and in the first without a value."""
    return "; ".join(
        f"update kpis.{table} set {'' if number else 'value = null, '}numerator = null, denominator = null"
        f" where kpi_name = '{kpi}' and {DAY}"
        for number, table in enumerate(tables)
    )


def damages_of_tables(name: str, values: dict[str, float], kpi: str) -> list[tuple[str, str]]:
    """The same damage of each table that an expectation reads."""
    return [
        (name, f"update kpis.{table} set value = {value} where kpi_name = '{kpi}'") for table, value in values.items()
    ]


def damages_of_a_family(
    kpi: str, *, main: str = "", by_channel: str = "", total: str = "", table: str = "kpi_daily"
) -> list[tuple[str, str]]:
    """Damages of what every family claims, done to some KPIs of it: `total` is one that teams and agents have."""
    summed = "kpi_daily_by_team" if total else "kpi_daily"
    jump = set_("value = case when value > 0.5 then 0.05 else 0.95 end", f"kpi_name = '{kpi}' and {DAY}")
    damages = [
        ("possible_values", f"update kpis.kpi_daily set observation_count = -1 where kpi_name = '{kpi}' and {DAY}"),
        ("parts_have_a_value", f"update kpis.{table} set value = null where kpi_name = '{kpi}'"),
        ("days_do_not_jump", jump),
        (
            "totals_agree",
            f"update kpis.{summed} set numerator = numerator + 1 where kpi_name = '{total or kpi}' and {DAY}",
        ),
    ]
    if main:
        damages.append(("every_day_has_the_main_kpis", forget(main, *DAILY)))
    if by_channel:
        known = forget(by_channel, "kpi_daily_by_channel", "kpi_daily", "kpi_daily_by_queue")
        damages.append(("known_kpis_stay_known", known))
    return damages


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
    "landing": [
        ("every_day_arrived", f"delete from {{table}} where table_name = 'calls' and {LANDED_DAY}"),
        ("every_day_arrived", f"update {{table}} set rows_used = 3 where table_name = 'calls' and {LANDED_DAY}"),
        ("volume_by_weekday", f"update {{table}} set rows_used = 12 where table_name = 'chats' and {LANDED_DAY}"),
        ("volume_by_weekday", f"update {{table}} set rows_used = 120 where table_name = 'chats' and {LANDED_DAY}"),
        (
            "no_silent_hour",
            f"delete from {{table}} where table_name = 'calls' and {LANDED_DAY} and hour(event_hour_at) = 12",
        ),
        ("tables_keep_up", "delete from {table} where table_name = 'chats' and event_hour_at > '2026-11-11'"),
        (
            "clocks_agree",
            "insert into {table} select * replace (event_hour_at + interval 30 day as event_hour_at, 1 as rows_used)"
            " from {table} where table_name = 'calls' order by event_hour_at desc limit 1",
        ),
        ("rows_are_usable", "update {table} set rows_quarantined = 5000 where table_name = 'calls'"),
        (
            "quarantine_stays_small",
            "update {table} set row_count = 2000 where table_name = 'calls' and row_status = 'quarantined'",
        ),
        ("copies_stay_few", "update {table} set rows_duplicate = 2000 where table_name = 'calls'"),
    ],
    "kpis/accessibility": [
        *damages_of_a_family("service_level", main="abandonment_rate", by_channel="blocked_contact_rate"),
        ("possible_values", set_one("denominator = -900", "kpi_name = 'traffic_intensity'")),
        ("possible_values", "update kpis.kpi_daily_by_reason set observation_count = -1 where rowid = 0"),
        *damages_of_tables("believable_values", {"kpi_daily_by_channel": 700000}, "average_speed_of_answer"),
        ("totals_agree", f"delete from kpis.kpi_daily_by_queue where queue_name = 'Sales' and {DAY} and {IS_RATE}"),
        ("totals_agree", "delete from kpis.kpi_daily_by_reason where rowid = 0"),
        ("totals_agree", "update kpis.kpi_interval_by_queue set denominator = 1 where kpi_name = 'service_level'"),
        ("service_level_plausible_by_queue", set_value("service_level", 0.05, "Billing")),
        ("abandonment_rate_plausible_by_queue", set_value("abandonment_rate", 0.6, "Billing")),
        ("waits_plausible_by_queue", set_value("average_speed_of_answer", 700, "Billing")),
        ("waits_plausible_by_queue", set_value("average_speed_of_answer", 50000, "Messages")),
        ("waits_plausible_by_queue", set_value("average_time_in_queue", 1000, "Chats")),
        ("waits_plausible_by_queue", set_value("average_time_in_queue", 400000, "Mail")),
        ("waits_plausible_by_queue", set_value("longest_wait", 8000, "Small")),
        ("waits_plausible_by_queue", set_value("longest_wait", 300000, "Messages")),
        ("waits_plausible_by_queue", set_value("longest_wait", 1300000, "Mail")),
        ("blocked_contact_rate_plausible_by_channel", set_value("blocked_contact_rate", 0.3, "Phone")),
        ("answered_contacts_have_waits", f"delete from {{table}} where kpi_name = 'longest_wait' and {DAY}"),
        ("staffing_and_channels_agree", "delete from {table} where channel_name = 'Live chat'"),
    ],
    "kpis/handling": [
        *damages_of_a_family(
            "transfer_rate", main="transfer_rate", by_channel="average_hold_time", table="kpi_daily_by_queue"
        ),
        ("days_do_not_jump", set_("value = value * 4", f"kpi_name = 'average_handle_time' and {DAY}")),
        ("possible_values", set_value("transfer_rate", 1.2, "Small", "kpis.kpi_daily_by_queue")),
        ("possible_values", set_value("average_after_contact_work_time", -1, "agent 6", "kpis.kpi_daily_by_agent")),
        *damages_of_tables("possible_values", dict.fromkeys(BY_CAMPAIGN, 1.2), "transfer_rate"),
        *damages_of_tables("believable_values", dict.fromkeys(BY_CAMPAIGN, 40000), "average_handle_time"),
        ("believable_values", set_value("concurrency", 0.5, "agent 1", "kpis.kpi_daily_by_agent")),
        ("believable_values", set_value("concurrency", 25, "agent 1", "kpis.kpi_daily_by_agent")),
        (
            "totals_agree",
            f"delete from kpis.kpi_daily_by_agent where {WRITING} and {DAY} and kpi_name = 'transfer_rate'",
        ),
        ("handling_plausible_by_queue", set_value("average_handle_time", 2000, "Billing")),
        ("handling_plausible_by_queue", set_value("average_handle_time", 4000, "Chats")),
        ("handling_plausible_by_queue", set_value("average_handle_time", 2000, "Mail")),
        ("handling_plausible_by_queue", set_value("average_talk_time", 20, "Billing")),
        ("handling_plausible_by_queue", set_value("average_hold_time", 400, "Billing")),
        ("handling_plausible_by_queue", set_value("average_after_contact_work_time", 700, "Billing")),
        ("transfer_rate_plausible_by_queue", set_value("transfer_rate", 0.6, "Billing")),
        ("handling_plausible_by_agent", set_value("average_handle_time", 20, "agent 1")),
        ("handling_plausible_by_agent", set_value("average_after_contact_work_time", 700, "agent 1")),
        ("handling_plausible_by_agent", set_value("transfer_rate", 0.7, "agent 1")),
        ("answered_contacts_have_handle_time", forget("average_talk_time", "kpi_daily_by_queue", *BESIDE_QUEUES)),
        (
            "agents_and_calls_agree",
            set_(
                "observation_count = observation_count * 2",
                f"kpi_name in ('average_handle_time', 'average_hold_time') and not {WRITING}",
            ),
        ),
        (
            "agents_and_written_contacts_agree",
            set_("observation_count = observation_count * 2", f"kpi_name = 'average_handle_time' and {WRITING}"),
        ),
    ],
    "kpis/outbound": [
        *damages_of_a_family(
            "connect_rate", main="connect_rate", total="conversion_rate", table="kpi_monthly_by_campaign"
        ),
        ("parts_have_a_value", "update kpis.kpi_daily_by_agent set value = null where kpi_name = 'conversion_rate'"),
        ("connect_rate_plausible_by_campaign", set_("value = 0.9", f"kpi_name = 'connect_rate' and {DAY}")),
        ("connect_rate_plausible_by_campaign", set_("value = 0.01", f"kpi_name = 'connect_rate' and {DAY}")),
        (
            "outbound_abandonment_rate_plausible_by_campaign",
            set_one("value = 0.3", "kpi_name = 'outbound_abandonment_rate'"),
        ),
        (
            "reached_customers_have_kpis",
            set_one("value = null, numerator = null", "kpi_name = 'outbound_abandonment_rate'"),
        ),
    ],
    "kpis/resolution": [
        *damages_of_a_family(
            "repeat_contact_rate", main="first_contact_resolution", by_channel="first_contact_resolution"
        ),
        ("first_contact_resolution_plausible_by_channel", set_value("first_contact_resolution", 0.99, "Phone")),
        ("first_contact_resolution_plausible_by_channel", set_value("first_contact_resolution", 0.3, "Phone")),
        ("repeat_contact_rate_plausible_by_channel", set_value("repeat_contact_rate", 0, "Phone")),
        ("repeat_contact_rate_plausible_by_channel", set_value("repeat_contact_rate", 0.7, "Phone")),
    ],
    "kpis/self_service": [
        *damages_of_a_family("containment_rate", by_channel="containment_rate"),
        ("containment_rate_plausible_by_channel", set_value("containment_rate", 0.9, "Phone")),
        ("containment_rate_plausible_by_channel", set_value("containment_rate", 0.01, "Phone")),
        (
            "containment_is_the_larger",
            f"update kpis.kpi_daily_by_channel set numerator = 30 where kpi_name = 'true_containment_rate' and {DAY};"
            f" update kpis.kpi_daily set numerator = 30 where kpi_name = 'true_containment_rate' and {DAY}",
        ),
    ],
    "kpis/voice_of_customer": [
        *damages_of_a_family(
            "customer_satisfaction",
            main="customer_satisfaction",
            by_channel="survey_response_rate",
            table="kpi_daily_by_channel",
        ),
        ("possible_values", set_one("value = 120", "kpi_name = 'net_promoter_score'")),
        ("survey_response_rate_plausible_by_channel", set_one("value = 0.9", "kpi_name = 'survey_response_rate'")),
        ("survey_response_rate_plausible_by_channel", set_one("value = 0.01", "kpi_name = 'survey_response_rate'")),
        ("customer_satisfaction_plausible_by_channel", set_one("value = 0.99", "kpi_name = 'customer_satisfaction'")),
        ("customer_satisfaction_plausible_by_channel", set_one("value = 0.1", "kpi_name = 'customer_satisfaction'")),
        ("quality_score_plausible_by_team", set_one("value = 1", "kpi_name = 'quality_score'")),
        ("quality_score_plausible_by_team", set_one("value = 0.3", "kpi_name = 'quality_score'")),
    ],
    "kpis/workforce": [
        *damages_of_a_family(
            "schedule_adherence", main="occupancy_rate", total="utilization_rate", table="kpi_daily_by_team"
        ),
        ("possible_values", "update kpis.kpi_daily_by_team set value = 1.2 where kpi_name = 'occupancy_rate'"),
        *damages_of_tables("possible_values", dict.fromkeys(OF_PEOPLE, 1.2), "absenteeism_rate"),
        *damages_of_tables("believable_values", dict.fromkeys(OF_PEOPLE, 400), "absence_days_per_agent"),
        ("occupancy_rate_plausible_by_agent", set_value("occupancy_rate", 0.97, "agent 1")),
        ("occupancy_rate_plausible_by_agent", set_value("occupancy_rate", 1, "agent 5")),
        (
            "ready_within_a_day",
            "".join(
                f"update kpis.kpi_daily_by_{table} set denominator = denominator + 35000"
                f" where kpi_name = 'occupancy_rate' and {DAY} and {member};"
                for table, member in (("agent", "agent_key = 1"), ("team", "true"))
            ),
        ),
        ("shrinkage_rate_plausible_by_team", set_one("value = 0.7", "kpi_name = 'shrinkage_rate'")),
        ("shrinkage_rate_plausible_by_team", set_one("value = 0", "kpi_name = 'shrinkage_rate'")),
        ("schedule_adherence_plausible_by_team", set_one("value = 0.3", "kpi_name = 'schedule_adherence'")),
        ("staffed_teams_have_an_occupancy", forget("occupancy_rate", "kpi_daily_by_team", "kpi_daily_by_agent")),
    ],
    "kpis/cost": [
        *damages_of_tables("possible_values", dict.fromkeys(OF_COSTS, -1), "cost_per_contact"),
        ("possible_values", f"update kpis.kpi_monthly_by_currency set observation_count = -1 where {IN_JULY}"),
        *damages_of_tables("believable_values", dict.fromkeys(OF_COSTS, 300), "cost_per_contact"),
        *damages_of_tables("believable_values", {"kpi_monthly_by_currency": 600}, "cost_per_resolution"),
        (
            "parts_have_a_value",
            "update kpis.kpi_monthly_by_currency set value = null where kpi_name = 'cost_per_resolution'",
        ),
        ("every_month_has_costs", f"delete from {{table}} where {IN_JULY}"),
        ("months_do_not_jump", set_("value = value * 2.5, numerator = null", f"{IN_JULY} and {OF_CONTACTS}")),
        ("resolutions_cost_what_contacts_do", set_("value = 5", f"{IN_JULY} and kpi_name = 'cost_per_resolution'")),
    ],
}


# By pattern, what is done to the table of such a claim: each is to be noticed by that claim alone.
PATTERN_DAMAGES = {
    "codes_known": ("update {table} set {column} = 'ODD' where rowid % 10 = 0",),
    "filled": (
        "update {table} set {column} = null",
        "update {table} set {column} = (select min({column}) from {table})",
    ),
    "numbers_possible": (
        "update {table} set {column} = '1e9' where rowid % 10 = 0",
        "update {table} set {column} = '1h' where rowid % 10 = 0",
    ),
    "times_readable": (
        "update {table} set {column} = 'soon' where rowid % 10 = 0",
        "update {table} set {column} = rtrim({column}, 'Z') where rowid % 10 = 0",
    ),
    "times_in_order": ("update {table} set {later} = '1999-01-01T00:00:00Z' where rowid % 10 = 0",),
    "rows_delivered": (
        "delete from {table}",
        "insert into {table} select landed.* from {table} as landed, range({most}) limit {most}",
    ),
}


def patterned_damages(entry: dict, table: str) -> list[str]:
    """Damages of an entry as it stands in its file; some have no use for the second one."""
    all_filled = entry["pattern"] == "filled" and entry["most"] == 1
    local = entry["pattern"] == "times_readable" and table in LOCAL_TIMES
    large = entry["pattern"] == "rows_delivered" and entry["most"] > 2000
    damages = PATTERN_DAMAGES[entry["pattern"]][: 1 if all_filled or local or large else 2]
    return [sql.format_map({**entry, "table": f"raw.{table}"}) for sql in damages]


def patterned_rounds() -> list[dict[str, list[tuple[str, str]]]]:
    """Of each suite its first damage in the first round, and so on: the suites judge a table each."""
    damages = {}
    for suite in PATTERNED:
        entries = quality.read_yaml(quality.FOLDER / f"{suite}.yml")["expectations"]
        names = [e.name for e in suite_named(suite).expectations]
        damages[suite] = [
            (name, sql) for name, entry in zip(names, entries, strict=True) for sql in patterned_damages(entry, suite)
        ]
    longest = max(map(len, damages.values()))
    return [{suite: told[number] for suite, told in damages.items() if number < len(told)} for number in range(longest)]


CAUGHT = []


@pytest.fixture(scope="session", autouse=True)
def table_of_damages():
    """Write down which damage was caught by which expectation."""
    yield
    if not CAUGHT:
        return
    rows = [f"| `{suite}.{name}` | `{' '.join(sql.split())}` |" for suite, name, sql in sorted(CAUGHT)]
    DAMAGES_PAGE.parent.mkdir(parents=True, exist_ok=True)
    DAMAGES_PAGE.write_text("\n".join(["| caught by | damage |", "|---|---|", *rows, ""]), encoding="utf-8")


@pytest.fixture(scope="session")
def sound(tmp_path_factory) -> dict[str, Path]:
    """An undamaged file for each kind of suite."""
    folder = tmp_path_factory.mktemp("quality")
    files = {name: folder / f"sound_{name}.duckdb" for name in ("kpis", "landing", "raw", "patterned")}
    with duckdb.connect(files["kpis"]) as connection:
        connection.execute(KPI_PARTS)
        for table in KPI_TABLES:
            connection.execute(kpi_table(table))
    with duckdb.connect(files["landing"]) as connection:
        connection.execute(LANDED)
    for name, tables in (("raw", RAW_TABLES), ("patterned", PATTERNED)):
        with duckdb.connect(files[name]) as connection:
            connection.execute("create schema raw")
            for table in tables:
                seed = SEEDS / f"{table}.csv"
                connection.execute(f"create table raw.{table} as from read_csv('{seed}', all_varchar = true)")
    return files | dict.fromkeys(RAW_TABLES, files["raw"]) | dict.fromkeys(FAMILIES, files["kpis"])


def suite_named(name: str) -> quality.Suite:
    return quality.read_suite(quality.FOLDER / f"{name}.yml", name)


def failures(suite: quality.Suite, file: Path) -> list[quality.Outcome]:
    suites, skipped = quality.present_suites([suite], file)
    assert not skipped
    return [outcome for outcome in quality.check(suites, file) if not outcome.success]


def test_the_other_landed_tables_are_sound(sound):
    suites, skipped = quality.present_suites([suite_named(name) for name in PATTERNED], sound["patterned"])
    assert (skipped, [o for o in quality.check(suites, sound["patterned"]) if not o.success]) == ([], [])
    assert {expectation.pattern for suite in suites for expectation in suite.expectations} == set(PATTERN_DAMAGES)


@pytest.mark.parametrize("damages", patterned_rounds())
def test_a_damage_of_a_landed_table_is_noticed_by_its_expectation_alone(damages, sound, tmp_path):
    file = tmp_path / "damaged.duckdb"
    shutil.copy(sound["patterned"], file)
    with duckdb.connect(file) as connection:
        for _, sql in damages.values():
            connection.execute(sql)
    noticed = [o for o in quality.check([suite_named(suite) for suite in damages], file) if not o.success]
    assert {(o.expectation.suite, o.expectation.name) for o in noticed} == {
        (suite, name) for suite, (name, _) in damages.items()
    }
    assert all(outcome.was_checked and outcome.observed for outcome in noticed)
    CAUGHT.extend((suite, name, sql) for suite, (name, sql) in damages.items())


@pytest.mark.parametrize("name", DAMAGES)
def test_every_expectation_has_a_damage_and_holds_without_it(name, sound):
    suite = suite_named(name)
    assert {damaged for damaged, _ in DAMAGES[name]} == {e.name for e in suite.expectations}
    assert failures(suite, sound[name]) == []


def steps(suite: str) -> list[dict[tuple[str, str], str]]:
    """Each damage alone, but the plausible ranges of a table at once: each reads one column.

    A range with several bounds has a damage for each, which go into as many steps.
    """
    grouped = {}
    for number, (damaged, sql) in enumerate(DAMAGES[suite]):
        _, is_range, table = damaged.partition("_plausible_by_")
        bound = sum(earlier == damaged for earlier, _ in DAMAGES[suite][:number])
        key = f"ranges_by_{table}-{bound}" if is_range else number
        grouped.setdefault(key, {})[suite, damaged] = sql
    return list(grouped.values())


def rounds() -> list[dict[tuple[str, str], str]]:
    """Of the families, which judge KPIs of their own each, one step of each goes into a round."""
    alone = [step for suite in DAMAGES if suite not in FAMILIES for step in steps(suite)]
    of_families = zip_longest(*(steps(family) for family in FAMILIES), fillvalue={})
    return [*alone, *({key: sql for step in together for key, sql in step.items()} for together in of_families)]


@pytest.mark.parametrize("damages", rounds(), ids=lambda damages: "+".join(sorted({name for _, name in damages}))[:60])
def test_a_damage_is_noticed_by_its_expectation_alone(damages, sound, tmp_path):
    suites = {name: suite_named(name) for name, _ in damages}
    relations = {(e.suite, e.name): e.relation for suite in suites.values() for e in suite.expectations}
    statements = {key: sql.format(table=relations[key]) for key, sql in damages.items()}
    affected = []
    file = tmp_path / "damaged.duckdb"
    shutil.copy(sound[next(iter(suites))], file)
    with duckdb.connect(file) as connection:
        for sql in statements.values():
            connection.execute(sql)
        # What reads none of the tables that were damaged for its suite finds what it found in the sound ones.
        for suite in suites.values():
            keys = [key for key in damages if key[0] == suite.name]
            touched = {relations[key] for key in keys}
            touched |= {name for key in keys for name in re.findall(r"kpis\.\w+", statements[key])}
            read = [e for e in suite.expectations if touched & quality.relations(e, connection)]
            affected.append(replace(suite, expectations=read))
    noticed = [outcome for outcome in quality.check(affected, file) if not outcome.success]
    assert {(outcome.expectation.suite, outcome.expectation.name) for outcome in noticed} == set(damages)
    assert all(outcome.was_checked and outcome.observed for outcome in noticed)
    CAUGHT.extend((*key, sql) for key, sql in statements.items())


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


def test_the_report_tells_what_failed_and_what_to_do_errors_first():
    outcomes = [
        outcome_of(success=True),
        outcome_of(),
        outcome_of(name="ratios", severity="error", meaning="Ratios are\nshares.", observed="1.2"),
        outcome_of(name="broken", observed="could not be checked", was_checked=False),
    ]
    skipped = [quality.Suite("raw_calls", "raw", "skip", []), quality.Suite("raw_chats", "raw", "skip", [])]
    assert (
        "\n".join(quality.report(outcomes, skipped))
        == """\
error  kpis.ratios: Ratios are shares.
       found: 1.2
       do: Look. (analytics)
error  kpis.broken: Nobody waits for hours.
       found: could not be checked
       do: Look. (analytics)
warn   kpis.waits: Nobody waits for hours.
       found: 9000
       do: Look. (analytics)
Not checked, as this build lacks their tables: 2 suites (raw_calls, ...)
1 expectations passed, 3 failed"""
    )


@pytest.mark.parametrize(
    "severity, was_checked, exit_code",
    [("warn", True, 0), ("error", True, 1), ("warn", False, 1)],
)
def test_errors_and_what_could_not_be_checked_fail_the_run(severity, was_checked, exit_code, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTACT_CENTER_BUILD_FILE", "build.duckdb")
    monkeypatch.setattr(quality, "present_suites", lambda suites, build: (suites, []))
    outcome = outcome_of(severity=severity, was_checked=was_checked)
    monkeypatch.setattr(quality, "check", lambda suites, build: [outcome])
    assert quality.main() == exit_code


ENTRY = """\
  - name: waits
    meaning: Nobody waits for hours.
    severity: error
    unexpected_rows: select * from {batch} where value > 7200
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
        ("schema: kpis", "schema: marts", "days.yml: schema is marts; it may be raw or meta or kpis"),
        ("severity: error", "severity: fatal", "severity is fatal; it may be error or warn"),
        ("owner:", "ownr:", "days.yml: unknown key ownr; known are schema, table, owner"),
        ("    meaning:", "    sense:", "expectation waits: unknown key sense; known are name"),
        ("    action: Look.", "", "expectation waits: the key action is missing"),
        ("    unexpected_rows:", "    tolerance:", "give either the key expectation or"),
        ("{batch}", "kpis.kpi_daily_by_queue", "must read from {batch}, its own table"),
        ("_by_queue", "_by_moon", "the build has no table kpis.kpi_daily_by_moon"),
        ("where", "join kpis.kpi_gone on true where", "the build has no table kpis.kpi_gone"),
        ("where", "join marts.dim_date on true where", "reads marts.dim_date; only raw, meta, kpis and marts.dim_kpi"),
        ("where", "wherever it is that", "expectation waits: its SQL does not parse: syntax error"),
        ("schema: kpis", "schema: [kpis", "days.yml is not YAML: while parsing"),
        (ENTRY, "", "days.yml: the list of expectations is empty"),
        (ENTRY, "  - {pattern: peace}\n", "pattern is peace; it may be codes_known or filled or"),
        (ENTRY, "  - {pattern: filled, column: value}\n", "expectation value: the pattern filled needs least, most"),
        (ENTRY, "  - {pattern: filled, colum: value}\n", "the pattern filled needs column, least, most"),
        (SPECIFICATION, "", "days.yml holds no keys"),
        (ENTRY, ENTRY * 2, "days.yml: the list of expectations has two of waits"),
    ],
)
def test_a_faulty_specification_is_refused_in_one_sentence(old, new, sentence, sound, tmp_path):
    file = tmp_path / "days.yml"
    file.write_text(SPECIFICATION.replace(old, new))
    shutil.copy(quality.FOLDER / quality.PATTERNS, tmp_path)
    with pytest.raises(quality.QualityError) as refused:
        quality.present_suites(quality.read_suites(tmp_path), sound["kpis"])
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_expectation_unknown_to_great_expectations_is_refused(sound, tmp_path):
    (tmp_path / "days.yml").write_text(
        SPECIFICATION.replace(
            "unexpected_rows: select * from {batch} where value > 7200",
            "expectation: expect_peace_and_quiet",
        )
    )
    suites = quality.read_suites(tmp_path)
    with pytest.raises(quality.QualityError, match="has no expectation expect_peace_and_quiet"):
        quality.check(suites, sound["kpis"])


def test_suites_of_the_sample_are_skipped_where_it_was_not_landed(sound):
    suites = [suite for suite in quality.read_suites(quality.FOLDER) if suite.name != "landing"]
    present, skipped = quality.present_suites(suites, sound["kpis"])
    assert [suite.name for suite in present] == list(FAMILIES)
    assert [suite.name for suite in skipped] == sorted([*RAW_TABLES, *PATTERNED])


def test_an_entry_goes_before_its_pattern(tmp_path):
    (tmp_path / quality.PATTERNS).write_text((quality.FOLDER / quality.PATTERNS).read_text())
    entry = "  - {pattern: codes_known, column: outcome, codes: [LOST, WON'T], at_most: 0.02, severity: warn}\n"
    (tmp_path / "days.yml").write_text(SPECIFICATION.replace(ENTRY, entry))
    (claim,) = quality.read_suites(tmp_path)[0].expectations
    assert (claim.name, claim.severity) == ("outcome_known", "warn")
    assert claim.meaning == "Where outcome is filled, it is one of LOST, WON'T."
    assert claim.tolerance.startswith("Up to 2 %")
    assert "where outcome not in ('LOST', 'WON''T')" in claim.unexpected_rows


def test_a_folder_without_a_specification_is_refused(tmp_path):
    with pytest.raises(quality.QualityError, match="holds no specification"):
        quality.read_suites(tmp_path)


def test_a_missing_build_is_refused(tmp_path):
    with pytest.raises(quality.QualityError, match=r"there is no build file .*; run `dbt build`"):
        quality.present_suites([], tmp_path / "build.duckdb")
