-- One row per landed row of the sample's work sessions, used or not.
with

raw_work_sessions as (

    select * from {{ ref('raw_work_sessions') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_work_sessions') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_work_sessions

),

typed_rows as (

    select
        work_session_id as source_session_id,
        agent_id as agent_code,
        lower(item_type) as item_type,
        item_id as source_item_id,
        {{ utc_from_offset_text('started_at') }} as started_at,
        {{ utc_from_offset_text('ended_at') }} as ended_at,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_session_id is null then 'missing_work_session_id'
            when agent_code is null then 'missing_agent_id'
            when item_type is null or item_type not in ('ticket', 'thread')
                then 'unknown_item_type'
            when source_item_id is null then 'missing_item_id'
            when started_at is null then 'unusable_started_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

numbered_sessions as (

    select
        *,
        row_number() over (
            partition by source_session_id, quarantine_reason is null and copy_number = 1
            order by source_row
        ) as session_number
    from judged_rows

),

work_sessions as (

    select
        source_session_id,
        agent_code,
        item_type,
        source_item_id,
        started_at,
        ended_at,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null or session_number > 1 then 'quarantined'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            -- A session is never corrected, so another one of its id cannot be told apart.
            when session_number > 1 then 'conflicting_work_session_id'
        end as row_status_reason,
        case
            when copy_number = 1 and (quarantine_reason is not null or session_number > 1)
                then row_text
        end as raw_values,
        'seeds/sample/raw_work_sessions.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from numbered_sessions

)

select * from work_sessions
