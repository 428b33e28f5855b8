-- One row per span of an agent in one state. The spans of an agent do not overlap.
{#
    Every start and end of a state, a leg or its after-contact work is a boundary. Running sums
    over the boundaries of an agent tell what goes on after each, and the first in order of
    priority is the state. Sorted, never joined by range: the cost grows with the boundaries.
#}
with

dim_agent as (

    select * from {{ ref('dim_agent') }}
    where agent_key >= 0

),

agent_state_spans as (

    select * from {{ ref('int_agent_state_spans') }}

),

agent_sessions as (

    select * from {{ ref('int_agent_sessions') }}

),

agent_legs as (

    select
        source_system,
        source_instance,
        agent_code,
        case when after_contact_work_seconds is null then 'leg' else 'leg_with_work' end as kind,
        {{ seconds_after('connected_at', '-coalesce(dial_seconds, 0)') }} as started_at,
        ended_at,
        {{ seconds_after('ended_at', 'after_contact_work_seconds') }} as work_ended_at
    from {{ ref('int_agent_legs') }}
    where
        leg_type in ('customer', 'conference', 'consult')
        and agent_code is not null
        and ended_at is not null

),

persons as (

    select
        source_system,
        source_instance,
        agent_code,
        min(agent_key) as person_key
    from dim_agent
    group by source_system, source_instance, agent_code

),

spans as (

    select
        source_system, source_instance, agent_code, state as kind, started_at, ended_at,
        -- A state without a reason must not pass for the one before it.
        coalesce(reason_code, '') as reason_code
    from agent_state_spans

    union all

    select
        source_system, source_instance, agent_code, 'session' as kind, started_at, ended_at,
        null as reason_code
    from agent_sessions

    union all

    select
        source_system, source_instance, agent_code, kind, started_at, ended_at,
        null as reason_code
    from agent_legs

    union all

    select
        source_system, source_instance, agent_code, 'work' as kind, ended_at as started_at,
        work_ended_at as ended_at, null as reason_code
    from agent_legs
    where ended_at < work_ended_at

    union all

    select
        source_system, source_instance, agent_code, 'version' as kind, valid_from as started_at,
        valid_to as ended_at, null as reason_code
    from dim_agent

),

span_ends as (

    select 1 as change
    union all
    select -1 as change

),

boundaries as (

    select
        persons.person_key,
        spans.kind,
        span_ends.change,
        case when span_ends.change = 1 then spans.started_at else spans.ended_at end
            as boundary_at,
        case when span_ends.change = 1 then spans.ended_at end as ends_at,
        case when span_ends.change = 1 then spans.reason_code end as reason_code
    from spans
    inner join persons
        on
            spans.source_system = persons.source_system
            and spans.source_instance = persons.source_instance
            and spans.agent_code = persons.agent_code
    cross join span_ends

),

boundary_changes as (

    select
        person_key,
        boundary_at,
        sum(case when kind in ('leg', 'leg_with_work') then change else 0 end) as leg_change,
        sum(case when kind = 'session' then change else 0 end) as session_change,
        sum(case when kind = 'on_contact' then change else 0 end) as on_contact_change,
        sum(case when kind = 'after_contact_work' then change else 0 end)
            as after_contact_work_change,
        sum(case when kind = 'ringing' then change else 0 end) as ringing_change,
        sum(case when kind = 'not_responding' then change else 0 end) as not_responding_change,
        sum(case when kind = 'available' then change else 0 end) as available_change,
        sum(case when kind = 'auxiliary' then change else 0 end) as auxiliary_change,
        max(case when kind = 'auxiliary' or kind = 'not_responding' then reason_code end)
            as reason_code,
        max(case when kind = 'work' then ends_at end) as work_ends_at,
        max(case when kind = 'session' then 1 else 0 end) as is_session_boundary,
        max(case when kind = 'leg_with_work' and change = -1 then boundary_at end)
            as leg_with_work_ended_at,
        max(case when kind = 'leg' and change = -1 then boundary_at end) as leg_ended_at,
        max(case when kind = 'version' then 1 else 0 end) as is_version_start
    from boundaries
    group by person_key, boundary_at

),

running_totals as (

    select
        person_key,
        boundary_at,
        is_version_start,
        sum(leg_change) over so_far as legs,
        sum(session_change) over so_far as sessions,
        sum(on_contact_change) over so_far as on_contacts,
        sum(after_contact_work_change) over so_far as after_contact_works,
        sum(ringing_change) over so_far as ringings,
        sum(not_responding_change) over so_far as not_respondings,
        sum(available_change) over so_far as availables,
        sum(auxiliary_change) over so_far as auxiliaries,
        {{ last_known('reason_code') }} over so_far as reason_code,
        case when is_session_boundary = 0 then work_ends_at end as work_ends_at,
        sum(is_session_boundary) over so_far as session_boundaries,
        max(leg_with_work_ended_at) over so_far as leg_with_work_ended_at,
        max(leg_ended_at) over so_far as leg_ended_at
    from boundary_changes
    window so_far as (
        partition by person_key
        order by boundary_at
        rows between unbounded preceding and current row
    )

),

-- After-contact work ends with the log-out and does not survive the next log-in.
totals_with_work as (

    select
        *,
        max(work_ends_at) over (
            partition by person_key, session_boundaries
            order by boundary_at
            rows between unbounded preceding and current row
        ) as last_work_ends_at
    from running_totals

),

judged_boundaries as (

    select
        person_key,
        boundary_at,
        is_version_start,
        sessions > 0 as is_logged_in,
        case
            when legs > 0 then 'on_contact'
            when last_work_ends_at > boundary_at then 'after_contact_work'
            -- A state of that name counts only where the last leg does not know its own work.
            when
                after_contact_works > 0
                and coalesce(leg_ended_at >= leg_with_work_ended_at, leg_with_work_ended_at is null)
                then 'after_contact_work'
            when ringings > 0 then 'ringing'
            when not_respondings > 0 then 'not_responding'
            when availables > 0 then 'available'
            when sessions > 0 then 'auxiliary'
            else 'offline'
        end as state,
        case
            when auxiliaries > 0 or not_respondings > 0 then nullif(reason_code, '')
            when on_contacts > 0 then 'contact_without_record'
            when after_contact_works > 0 then 'work_without_record'
        end as reason_code
    from totals_with_work

),

reasoned_boundaries as (

    select
        person_key,
        boundary_at,
        is_version_start,
        is_logged_in,
        state,
        case when state in ('auxiliary', 'not_responding') then reason_code end as reason_code
    from judged_boundaries

),

compared_boundaries as (

    select
        *,
        lag(state) over per_person as previous_state,
        lag(reason_code) over per_person as previous_reason_code,
        lag(is_logged_in) over per_person as was_logged_in
    from reasoned_boundaries
    window per_person as (partition by person_key order by boundary_at)

),

changes as (

    select
        person_key,
        state,
        reason_code,
        is_logged_in,
        boundary_at as started_at,
        lead(boundary_at) over (partition by person_key order by boundary_at) as ended_at
    from compared_boundaries
    where
        is_version_start = 1
        or state is distinct from previous_state
        or reason_code is distinct from previous_reason_code
        or is_logged_in is distinct from was_logged_in

),

-- Changes of team are boundaries too, so a span lies within one version of its agent.
agent_versions as (

    select
        persons.person_key,
        dim_agent.*
    from dim_agent
    inner join persons
        on
            dim_agent.source_system = persons.source_system
            and dim_agent.source_instance = persons.source_instance
            and dim_agent.agent_code = persons.agent_code

),

fact_agent_states as (

    select
        agent_versions.agent_key,
        agent_versions.team_key,
        agent_versions.source_system,
        agent_versions.source_instance,

        agent_versions.agent_id,
        agent_versions.agent_name,
        agent_versions.team_name,
        changes.state,
        changes.reason_code,

        {{ seconds_between('changes.started_at', 'changes.ended_at') }} as state_seconds,

        changes.is_logged_in,

        changes.started_at,
        changes.ended_at
    from changes
    inner join agent_versions
        on
            changes.person_key = agent_versions.person_key
            and changes.started_at >= agent_versions.valid_from
            and changes.started_at < agent_versions.valid_to
    where changes.state <> 'offline' and changes.ended_at is not null

)

select * from fact_agent_states
