-- One row per agent of the files and UTC date on which anything is new since the last green build.
{% set legs = ref('stg_files__agent_legs') -%}

with

touched_contacts as (

    select contact_key from {{ ref('int_files__touched_contacts') }}

),

-- All days of an agent with another name or team: states and legs carry both.
changed_teams as (

    select
        source_instance,
        team_code
    from {{ changed_rows('int_files__teams', ['source_instance', 'team_code', 'team_name',
                                              'department', 'site_name', 'time_zone']) }}

),

changed_agents as (

    select
        source_instance,
        agent_code
    from {{ changed_rows('int_files__agents', ['source_instance', 'agent_code', 'agent_name',
                                               'team_code', 'is_shared_login', 'valid_from',
                                               'valid_to']) }}

    union

    select
        agents.source_instance,
        agents.agent_code
    from {{ ref('int_files__agents') }} as agents
    inner join changed_teams
        on
            agents.source_instance = changed_teams.source_instance
            and agents.team_code = changed_teams.team_code

),

agent_legs as (

    select
        source_instance,
        agent_code,
        {{ time_of_row(['connected_at']) }} as started_at,
        {{ end_of_row(['connected_at', 'ended_at', 'dial_seconds', 'connected_seconds',
                       'after_contact_work_seconds']) }} as ended_at
    from {{ legs }}
    {{ where_key_in(
        legs, 'contact_key', 'select touched_contacts.contact_key from touched_contacts'
    ) }}

),

agent_state_events as (

    select
        source_instance,
        agent_code,
        event_at as started_at,
        event_at as ended_at
    from {{ ref('stg_files__agent_state_events') }}
    where {{ is_new_row() }} or {{ is_in_backfill('event_at') }}

),

outbound_attempts as (

    select
        source_instance,
        agent_code,
        dialed_at as started_at,
        {{ end_of_row(['dialed_at', 'ended_at', 'dial_seconds']) }} as ended_at
    from {{ ref('stg_files__outbound_attempts') }}
    where {{ is_new_row() }} or {{ is_in_backfill('dialed_at') }}

),

schedule_activities as (

    select
        source_instance,
        agent_code,
        starts_at as started_at,
        ends_at as ended_at
    from {{ ref('stg_files__schedule_activities') }}
    where {{ is_new_row() }}

),

work_of_changed_agents as (

    select
        source_instance,
        agent_code,
        connected_at as started_at,
        connected_at as ended_at
    from {{ ref('stg_files__agent_legs') }}

    union all

    select
        source_instance,
        agent_code,
        event_at as started_at,
        event_at as ended_at
    from {{ ref('stg_files__agent_state_events') }}

    union all

    select
        source_instance,
        agent_code,
        dialed_at as started_at,
        dialed_at as ended_at
    from {{ ref('stg_files__outbound_attempts') }}

    union all

    select
        source_instance,
        agent_code,
        starts_at as started_at,
        ends_at as ended_at
    from {{ ref('stg_files__schedule_activities') }}

),

all_days_of_changed_agents as (

    select work_of_changed_agents.*
    from work_of_changed_agents
    inner join changed_agents
        on
            work_of_changed_agents.source_instance = changed_agents.source_instance
            and work_of_changed_agents.agent_code = changed_agents.agent_code

),

removed_rows as (

    select
        source_instance,
        agent_code,
        started_at,
        ended_at
    from {{ removed_rows_of('any') }}

),

touched_spans as (

    select * from agent_legs

    union all

    select * from agent_state_events

    union all

    select * from outbound_attempts

    union all

    select * from schedule_activities

    union all

    select * from removed_rows

    union all

    select * from all_days_of_changed_agents

),

-- A state goes on into the day after it began, and so does the time until a forgotten log-out.
touched_days as (

    select
        source_instance,
        agent_code,
        {{ each_day(
            "date_trunc('day', started_at) - interval '1' day",
            "date_trunc('day', least(ended_at, started_at + interval '31' day)) + interval '1' day"
        ) }} as touched_at
    from touched_spans
    where agent_code is not null and started_at is not null

),

touched_agent_days as (

    select distinct
        'files' as source_system,
        source_instance,
        agent_code,
        {{ source_key('agent', 'agent_code', "'files'") }} as person_key,
        cast(touched_at as date) as touched_date
    from touched_days

)

select * from touched_agent_days
