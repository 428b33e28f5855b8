-- One row per span of an agent in one state. The spans of an agent do not overlap.
{#
    Reported states, legs and after-contact work meet here. Each start and end is a point; what
    goes on after a point follows from what began before it: something still goes on while the
    latest end so far lies ahead. Sorted, never joined by range: the cost grows with the points.
    (Carrying the last known value on is six times cheaper than a running maximum over all points.)
#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_agent_states() }}',
    post_hook='{{ note_quiet_moments() }}'
) }}

with

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

agent_persons as (

    select * from {{ ref('int_agent_persons') }}

),

agent_state_spans as (

    select * from {{ ref('int_agent_state_spans') }}

),

state_reasons as (

    select * from {{ ref('state_reasons') }}

),

-- Legs with their dialing, and dialing in vain.
engagements as (

    select
        agent_engagements.*,
        {{ seconds_after(
            'agent_engagements.ended_at', 'agent_engagements.after_contact_work_seconds'
        ) }} as work_ended_at
    from {{ ref('int_agent_engagements') }} as agent_engagements
    {{ within_agent_slices('agent_engagements.person_key', 'agent_engagements.started_at') }}

),

-- Of most engagements all ends before the next begins: what goes on is their own.
engagements_alone as (

    select
        person_key,
        started_at,
        ended_at,
        ended_at as contact_until,
        work_ended_at as last_work_until,
        case when work_ended_at is not null then ended_at end as longest_work_from,
        work_ended_at as work_until,
        work_ended_at
    from engagements
    where is_alone

),

-- The others may overlap, and so may the work after them: the latest end so far counts.
engagements_crossing as (

    select
        person_key,
        started_at,
        ended_at,
        max(ended_at) over (partition by person_key order by started_at) as contact_until,
        -- Of those that end at the same instant the longest work counts.
        max(work_ended_at) over (
            partition by person_key
            order by ended_at
            range between current row and current row
        ) as last_work_until,
        -- Of works that end at the same instant the last to begin, if only that is of this log-in.
        max_by(
            ended_at, case when work_ended_at is not null then (work_ended_at, ended_at) end
        ) over (partition by person_key order by ended_at) as longest_work_from,
        max(work_ended_at) over (partition by person_key order by ended_at) as work_until,
        work_ended_at
    from engagements
    where is_alone is not true

),

engagements_in_order as (

    select * from engagements_alone

    union all

    select * from engagements_crossing

),

agent_versions as {{ kept() }} (

    select
        agent_persons.person_key,
        dim_agent.agent_key,
        dim_agent.team_key,
        dim_agent.source_system,
        dim_agent.source_instance,
        dim_agent.agent_id,
        dim_agent.agent_name,
        dim_agent.team_name,
        dim_agent.valid_from,
        dim_agent.valid_to
    from dim_agent
    inner join agent_persons
        on
            dim_agent.source_system = agent_persons.source_system
            and dim_agent.source_instance = agent_persons.source_instance
            and dim_agent.agent_code = agent_persons.agent_code

),

-- What begins at a point, and how long it goes on. No reason is '', for NULL is carried over.
points as (

    select
        person_key,
        started_at as point_at,
        state as span_state,
        coalesce(reason_code, '') as span_reason_code,
        started_at as span_started_at,
        ended_at as span_ended_at,
        session_started_at,
        null as contact_until,
        null as work_from,
        null as last_work_until,
        null as longest_work_from,
        null as work_until
    from agent_state_spans

    union all

    select
        person_key,
        started_at as point_at,
        null as span_state,
        null as span_reason_code,
        null as span_started_at,
        null as span_ended_at,
        null as session_started_at,
        contact_until,
        null as work_from,
        null as last_work_until,
        null as longest_work_from,
        null as work_until
    from engagements_in_order

    union all

    select
        person_key,
        ended_at as point_at,
        null as span_state,
        null as span_reason_code,
        null as span_started_at,
        null as span_ended_at,
        null as session_started_at,
        null as contact_until,
        case when work_ended_at is not null then ended_at end as work_from,
        last_work_until,
        longest_work_from,
        work_until
    from engagements_in_order

    union all

    -- Ends after which something else may hold.
    select
        person_key,
        work_ended_at as point_at,
        null as span_state,
        null as span_reason_code,
        null as span_started_at,
        null as span_ended_at,
        null as session_started_at,
        null as contact_until,
        null as work_from,
        null as last_work_until,
        null as longest_work_from,
        null as work_until
    from engagements
    where work_ended_at > ended_at

    union all

    select
        person_key,
        ended_at as point_at,
        null as span_state,
        null as span_reason_code,
        null as span_started_at,
        null as span_ended_at,
        null as session_started_at,
        null as contact_until,
        null as work_from,
        null as last_work_until,
        null as longest_work_from,
        null as work_until
    from agent_state_spans
    where is_before_gap

),

points_in_order as (

    select
        person_key,
        point_at,
        {% for column in ['span_state', 'span_reason_code', 'span_started_at', 'span_ended_at',
                          'session_started_at', 'contact_until', 'work_from', 'last_work_until',
                          'longest_work_from', 'work_until'] -%}
            {{ last_known(column) }} over so_far as {{ column }},
        {% endfor -%}
        lead(point_at) over per_person as next_point_at
    from points
    window
        per_person as (partition by person_key order by point_at),
        so_far as (
            partition by person_key
            order by point_at
            rows between unbounded preceding and current row
        )

),

described_points as (

    select
        person_key,
        point_at,
        next_point_at,
        coalesce(span_ended_at > point_at, false) as is_logged_in,
        case when span_ended_at > point_at then span_state end as reported_state,
        nullif(span_reason_code, '') as reported_reason_code,
        contact_until > point_at as is_on_contact,
        -- After-contact work ends with the log-out and does not outlive the next log-in.
        -- A form left open since before the log-in says nothing about the work of today.
        case
            when session_started_at > longest_work_from then last_work_until
            else work_until
        end > point_at
        and coalesce(session_started_at <= work_from, true)
        and coalesce(span_ended_at > point_at or span_ended_at < work_from, true)
            as is_in_known_work,
        -- The leg that ended as the report began tells the work itself.
        coalesce(work_from >= span_started_at - interval '2' second, false) as is_work_known
    from points_in_order
    -- Of several at one instant the last knows all. Behind the last point nothing goes on, but the
    -- span before it ends there.
    where point_at < next_point_at or next_point_at is null

),

judged_points as (

    select
        person_key,
        point_at,
        next_point_at,
        is_logged_in,
        case
            when is_on_contact then 'on_contact'
            when is_in_known_work then 'after_contact_work'
            -- A reported contact without a leg proves nothing, nor work beyond what the leg knows.
            when reported_state = 'on_contact' then 'auxiliary'
            when reported_state = 'after_contact_work' and is_work_known then 'auxiliary'
            else coalesce(reported_state, 'offline')
        end as state,
        case
            when is_on_contact or is_in_known_work then null
            when reported_state = 'on_contact' then 'contact_without_record'
            when reported_state = 'after_contact_work' and is_work_known
                then 'work_without_record'
            when reported_state in ('auxiliary', 'not_responding') then reported_reason_code
        end as reason_code
    from described_points

),

points_with_neighbors as (

    select
        *,
        lag(state) over per_person as previous_state,
        lag(reason_code) over per_person as previous_reason_code,
        lag(is_logged_in) over per_person as was_logged_in,
        lead(state) over per_person as next_state,
        lead(reason_code) over per_person as next_reason_code,
        lead(is_logged_in) over per_person as will_be_logged_in
    from judged_points
    window per_person as (partition by person_key order by point_at)

),

compared_points as (

    select
        person_key,
        state,
        -- Before the first state known of an agent there is none either.
        coalesce(previous_state, 'offline') as previous_state,
        reason_code,
        is_logged_in,
        point_at,
        next_point_at,
        (
            state is distinct from previous_state
            or reason_code is distinct from previous_reason_code
            or is_logged_in is distinct from was_logged_in
        ) as is_start,
        (
            state is distinct from next_state
            or reason_code is distinct from next_reason_code
            or is_logged_in is distinct from will_be_logged_in
        ) as is_end
    from points_with_neighbors

),

-- Most states begin at one point and end at the next.
long_changes as (

    select
        person_key,
        state,
        previous_state,
        reason_code,
        is_logged_in,
        is_start,
        point_at as started_at,
        lead(next_point_at) over (partition by person_key order by point_at) as ended_at
    from compared_points
    where is_start <> is_end

),

changes as (

    select
        person_key,
        state,
        previous_state,
        reason_code,
        is_logged_in,
        point_at as started_at,
        next_point_at as ended_at
    from compared_points
    where is_start and is_end

    union all

    select
        person_key,
        state,
        previous_state,
        reason_code,
        is_logged_in,
        started_at,
        ended_at
    from long_changes
    where is_start

),

-- A change of team cuts the span in two, each with the agent as he or she was.
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
        case
            when changes.started_at >= agent_versions.valid_from then changes.previous_state
            else changes.state
        end as previous_state,
        changes.reason_code,
        case
            when changes.state in ('auxiliary', 'not_responding')
                then coalesce(state_reasons.standard_reason, 'unknown')
        end as standard_reason,

        {{ seconds_between(
            'greatest(changes.started_at, agent_versions.valid_from)',
            'least(changes.ended_at, agent_versions.valid_to)'
        ) }} as state_seconds,

        changes.is_logged_in,

        greatest(changes.started_at, agent_versions.valid_from) as started_at,
        least(changes.ended_at, agent_versions.valid_to) as ended_at
    from changes
    inner join agent_versions
        on
            changes.person_key = agent_versions.person_key
            and changes.started_at < agent_versions.valid_to
            and changes.ended_at > agent_versions.valid_from
    left join state_reasons on changes.reason_code = state_reasons.reason_code
    where changes.state <> 'offline'

)

select * from fact_agent_states
