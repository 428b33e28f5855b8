-- One row per change of an agent's state in one queue.
{{ config(materialized='table') }}
{%- set lists = {
    'work': var('asterisk_after_contact_work_reasons'),
    'no_answer': var('asterisk_ring_no_answer_reasons'),
} %}
{%- set reasons = {} %}
{%- for name, list in lists.items() %}
    {%- set texts = [] %}
    {%- for reason in list %}{% do texts.append(exact_text_literal(reason | lower)) %}{% endfor %}
    {%- do reasons.update({name: texts | join(', ') or "''"}) %}
{%- endfor %}

with

member_events as (

    select * from {{ ref('int_asterisk__member_events') }}

),

-- The state that an event puts the agent into.
entered_states as (

    select
        *,
        case
            when event_kind = 'unpause' or (event_kind = 'login' and not is_added_paused)
                then 'available'
            when event_kind = 'login' then 'auxiliary'
            when event_kind <> 'pause' then null
            when reason_code in ({{ reasons.work }}) then 'after_contact_work'
            when reason_code in ({{ reasons.no_answer }}) then 'not_responding'
            else 'auxiliary'
        end as entered_state,
        case
            when event_kind = 'pause' and reason_code in ({{ reasons.no_answer }})
                then 'system_rona'
            when event_kind = 'pause' then coalesce(reason_code, '')
            when event_kind in ('login', 'unpause') then ''
        end as entered_reason
    from member_events

),

events_in_order as (

    select
        *,
        coalesce({{ last_known('entered_state') }} over before_it, 'available') as last_state,
        nullif({{ last_known('entered_reason') }} over before_it, '') as last_reason,
        {{ last_known("case when ring_seconds > 0 then event_at end") }} over after_it
            as next_rung_at,
        {{ last_known("case when ring_seconds > 0 then ring_seconds end") }} over after_it
            as next_ring_seconds,
        {{ last_known("case when event_kind in ('login', 'logout') then event_at end") }}
            over after_it as next_turn_at
    from entered_states
    window
        before_it as (
            partition by source_instance, agent_code, track
            order by event_at, source_row, source_file
            rows between unbounded preceding and 1 preceding
        ),
        after_it as (
            partition by source_instance, agent_code, track
            order by event_at desc, source_row desc, source_file desc
            rows between unbounded preceding and 1 preceding
        )

),

-- Several changes of one event stand in the order of their steps.
changes as (

    select
        *,
        'login' as state,
        cast(null as string) as state_reason,
        case
            when login_seconds is not null then {{ seconds_after('event_at', '-login_seconds') }}
            else event_at
        end as changed_at,
        1 as step,
        event_kind = 'logout' as is_rebuilt
    from events_in_order
    where event_kind = 'login' or is_login_missing

    union all

    select
        *,
        'available' as state,
        null as state_reason,
        case
            when login_seconds is not null then {{ seconds_after('event_at', '-login_seconds') }}
            else event_at
        end as changed_at,
        2 as step,
        event_kind = 'logout' as is_rebuilt
    from events_in_order
    where (event_kind = 'login' and not is_added_paused) or is_login_missing

    union all

    select
        *,
        'offline' as state,
        null as state_reason,
        event_at as changed_at,
        3 as step,
        false as is_rebuilt
    from events_in_order
    where event_kind = 'logout'

    union all

    -- A phone that rings goes on ringing when its agent pauses: the pause begins after it.
    select
        *,
        entered_state as state,
        nullif(entered_reason, '') as state_reason,
        case
            when
                event_at between {{ seconds_after('next_rung_at', '-next_ring_seconds') }}
                and next_rung_at
                and coalesce(next_turn_at >= next_rung_at, true)
                then next_rung_at
            else event_at
        end as changed_at,
        3 as step,
        false as is_rebuilt
    from events_in_order
    where event_kind in ('pause', 'unpause')

    union all

    -- A phone rang until it was answered, gave up, or the caller did.
    select
        *,
        'ringing' as state,
        null as state_reason,
        {{ seconds_after('event_at', '-ring_seconds') }} as changed_at,
        0 as step,
        false as is_rebuilt
    from events_in_order
    where event_kind = 'ring' and ring_seconds > 0

    union all

    -- Asterisk goes on to ring who did not answer: an instant of not responding tells that it rang
    -- in vain.
    select
        *,
        'not_responding' as state,
        'system_rona' as state_reason,
        {{ seconds_after('event_at', '-0.001') }} as changed_at,
        0 as step,
        false as is_rebuilt
    from events_in_order
    where event = 'RINGNOANSWER' and ring_seconds > 0.001

    union all

    -- After a ring the agent is what the agent was, and not always available.
    select
        *,
        last_state as state,
        last_reason as state_reason,
        event_at as changed_at,
        0 as step,
        false as is_rebuilt
    from events_in_order
    where event_kind = 'ring' and ring_seconds > 0

),

agent_state_events as (

    select
        'asterisk' as source_system,
        source_instance,
        concat_ws(
            '|',
            cast(event_at as string),
            event,
            agent_code,
            track,
            reason_code,
            state,
            cast(changed_at as string)
        ) as source_event_id,
        agent_code,
        track,
        state,
        state_reason as reason_code,
        -- The end of a ring comes before what else happens in that second.
        case when step = 0 then 0 else source_row * 4 + step end as event_sequence,
        changed_at as event_at,
        case when is_rebuilt then 'missing_login' end as dq_flag,
        source_file,
        source_row,
        loaded_at
    from changes

)

select * from agent_state_events
