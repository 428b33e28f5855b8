-- One row per landed row of the sample's agent activity, used or not.
with

raw_agent_activity as (

    select * from {{ ref('raw_agent_activity') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_agent_activity') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_agent_activity

),

typed_rows as (

    select
        event_id as source_event_id,
        agent_id as agent_code,
        upper(state) as state,
        upper(reason) as reason_code,
        {{ utc_from_offset_text('event_at') }} as event_at,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_event_id is null then 'missing_event_id'
            when agent_code is null then 'missing_agent_id'
            when event_at is null then 'unusable_event_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

numbered_events as (

    select
        *,
        row_number() over (
            partition by source_event_id, quarantine_reason is null and copy_number = 1
            order by source_row
        ) as event_number
    from judged_rows

),

agent_activity as (

    select
        source_event_id,
        agent_code,
        state,
        reason_code,
        event_at,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null or event_number > 1 then 'quarantined'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            -- The source never corrects an event, so another one of its id cannot be told apart.
            when event_number > 1 then 'conflicting_event_id'
        end as row_status_reason,
        case
            when copy_number = 1 and (quarantine_reason is not null or event_number > 1)
                then row_text
        end as raw_values,
        'seeds/sample/raw_agent_activity.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from numbered_events

)

select * from agent_activity
