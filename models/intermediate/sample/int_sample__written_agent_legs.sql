-- One row per stretch of focused work of one agent on a thread or ticket of the sample.
with

work_sessions as (

    select * from {{ ref('stg_sample__work_sessions') }}
    where row_status = 'used'

),

written_contacts as (

    select * from {{ ref('int_sample__written_contacts') }}

),

written_queue_visits as (

    select * from {{ ref('int_sample__written_queue_visits') }}

),

-- Work belongs to the contact and visit that the thread or ticket is in when it begins.
starts_and_sessions as (

    select
        item_type,
        source_item_id,
        contact_key,
        cast(null as bigint) as visit_key,
        started_at as happened_at,
        0 as event_rank,
        cast(null as bigint) as source_row
    from written_contacts

    union all

    select
        written_contacts.item_type,
        written_contacts.source_item_id,
        written_contacts.contact_key,
        written_queue_visits.visit_key,
        written_queue_visits.offered_at as happened_at,
        1 as event_rank,
        cast(null as bigint) as source_row
    from written_queue_visits
    inner join written_contacts
        on written_queue_visits.contact_key = written_contacts.contact_key

    union all

    select
        item_type,
        source_item_id,
        null as contact_key,
        null as visit_key,
        started_at as happened_at,
        2 as event_rank,
        source_row
    from work_sessions

),

placed_sessions as (

    select
        source_row,
        {{ last_known('visit_key') }} over so_far as visit_key,
        coalesce(
            {{ last_known('contact_key') }} over so_far,
            {{ first_known('contact_key') }} over per_item
        ) as contact_key
    from starts_and_sessions
    window
        so_far as (
            partition by item_type, source_item_id
            order by happened_at, event_rank
            rows between unbounded preceding and current row
        ),
        per_item as (
            partition by item_type, source_item_id
            order by happened_at, event_rank
            rows between unbounded preceding and unbounded following
        )

),

timed_sessions as (

    select
        work_sessions.*,
        placed_sessions.contact_key,
        placed_sessions.visit_key,
        {{ seconds_between('work_sessions.started_at', 'work_sessions.ended_at') }}
            as elapsed_seconds
    from work_sessions
    inner join placed_sessions on work_sessions.source_row = placed_sessions.source_row

),

written_agent_legs as (

    select
        {{ source_key('agent_leg', 'timed_sessions.source_session_id',
                      'written_contacts.source_system', 'written_contacts.source_instance') }}
            as leg_key,
        timed_sessions.contact_key,
        written_queue_visits.visit_key,
        written_contacts.source_system,
        written_contacts.source_instance,
        timed_sessions.source_session_id as source_leg_id,
        timed_sessions.agent_code,
        written_queue_visits.queue_code,
        written_contacts.channel_code,
        written_contacts.direction,
        'customer' as leg_type,
        -- Moves are written down on the ticket, not on the stretch of work that led to them.
        'unknown' as transfer_type,
        cast(null as string) as transfer_reason,
        written_contacts.is_excluded,
        cast(null as decimal(18, 3)) as dial_seconds,
        cast(null as decimal(18, 3)) as ring_seconds,
        {{ usable_seconds('timed_sessions.elapsed_seconds') }} as connected_seconds,
        cast(null as decimal(18, 3)) as hold_seconds,
        cast(null as decimal(18, 3)) as after_contact_work_seconds,
        written_queue_visits.offered_at,
        timed_sessions.started_at as connected_at,
        case
            when timed_sessions.elapsed_seconds between -2 and 86400
                then greatest(timed_sessions.ended_at, timed_sessions.started_at)
        end as ended_at,
        {{ duration_flag('timed_sessions.elapsed_seconds', 'connected') }} as dq_flag,
        timed_sessions.source_file,
        timed_sessions.source_row,
        timed_sessions.loaded_at
    from timed_sessions
    inner join written_contacts on timed_sessions.contact_key = written_contacts.contact_key
    -- The visit may be one of an earlier contact of the thread.
    left join written_queue_visits
        on
            timed_sessions.visit_key = written_queue_visits.visit_key
            and timed_sessions.contact_key = written_queue_visits.contact_key

)

select * from written_agent_legs
