-- One row per ticket and span of time in one status, queue and hand.
with

ticket_status_changes as (

    select * from {{ ref('int_ticket_status_changes') }}

),

tickets as (

    select * from {{ ref('int_tickets') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

calendar_days as (

    select * from {{ ref('int_calendar_days') }}

),

ticket_calendar_spans as (

    select * from {{ ref('int_ticket_calendar_spans') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

-- Of several changes at one instant the last one holds.
changes_in_order as (

    select
        *,
        lead(changed_at) over (
            partition by ticket_key
            order by event_sequence
        ) as next_changed_at
    from ticket_status_changes

),

lasting_changes as (

    select
        *,
        lag(status) over per_ticket as previous_status,
        lag(queue_code) over per_ticket as previous_queue_code,
        lag(assigned_agent_code) over per_ticket as previous_assigned_agent_code
    from changes_in_order
    where next_changed_at is null or next_changed_at > changed_at
    window per_ticket as (
        partition by ticket_key
        order by event_sequence
    )

),

spans as (

    select
        ticket_key,
        status,
        queue_code,
        assigned_agent_code,
        changed_at as started_at,
        lead(changed_at) over (
            partition by ticket_key
            order by event_sequence
        ) as ended_at,
        source_file,
        source_row,
        loaded_at
    from lasting_changes
    where
        status is distinct from previous_status
        or queue_code is distinct from previous_queue_code
        or assigned_agent_code is distinct from previous_assigned_agent_code

),

-- Where no ticket ever has anybody the source does not tell who has it.
assigning_instances as (

    select distinct
        source_system,
        source_instance
    from ticket_status_changes
    where assigned_agent_code is not null

),

spans_with_members as (

    select
        spans.*,
        tickets.source_system,
        tickets.source_instance,
        tickets.source_ticket_id,
        tickets.is_excluded,
        case
            when spans.assigned_agent_code is not null then coalesce(dim_agent.agent_key, -2)
            when assigning_instances.source_system is not null then -1
            else -2
        end as agent_key,
        case
            when spans.assigned_agent_code is not null
                then coalesce(dim_agent.agent_name, 'Unknown agent')
            when assigning_instances.source_system is not null then 'No agent'
            else 'Unknown agent'
        end as agent_name,
        case
            when spans.queue_code is null then -1
            else coalesce(dim_queue.queue_key, -2)
        end as queue_key,
        case
            when spans.queue_code is null then 'No queue'
            else coalesce(dim_queue.queue_name, 'Unknown queue')
        end as queue_name,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        coalesce(started_in.calendar_code, dim_queue.calendar_code) as started_calendar_code,
        coalesce(ended_in.calendar_code, dim_queue.calendar_code) as ended_calendar_code,
        case when started_in.ticket_key is null then 0 else started_in.offset_seconds end
            as started_offset_seconds,
        case when ended_in.ticket_key is null then 0 else ended_in.offset_seconds end
            as ended_offset_seconds,
        source_horizons.last_event_at as as_of,
        coalesce(spans.ended_at, source_horizons.last_event_at) as counted_until,
        cast(
            {{ utc_to_local(
                'spans.started_at',
                'coalesce(started_in.time_zone, dim_queue.calendar_time_zone)'
            ) }} as date
        ) as started_local_date,
        cast(
            {{ utc_to_local(
                'coalesce(spans.ended_at, source_horizons.last_event_at)',
                'coalesce(ended_in.time_zone, dim_queue.calendar_time_zone)'
            ) }} as date
        ) as ended_local_date
    from spans
    inner join tickets on spans.ticket_key = tickets.ticket_key
    inner join source_horizons
        on
            tickets.source_system = source_horizons.source_system
            and tickets.source_instance = source_horizons.source_instance
    left join assigning_instances
        on
            tickets.source_system = assigning_instances.source_system
            and tickets.source_instance = assigning_instances.source_instance
    left join dim_agent
        on
            tickets.source_system = dim_agent.source_system
            and tickets.source_instance = dim_agent.source_instance
            and spans.assigned_agent_code = dim_agent.agent_code
            and spans.started_at >= dim_agent.valid_from
            and spans.started_at < dim_agent.valid_to
    left join dim_queue
        on
            tickets.source_system = dim_queue.source_system
            and tickets.source_instance = dim_queue.source_instance
            and spans.queue_code = dim_queue.queue_code
    left join dim_channel on tickets.channel_code = dim_channel.channel_code
    -- A ticket may have calendars of its own.
    left join ticket_calendar_spans as started_in
        on
            spans.ticket_key = started_in.ticket_key
            and spans.started_at >= started_in.valid_from
            and spans.started_at < started_in.valid_to
    left join ticket_calendar_spans as ended_in
        on
            spans.ticket_key = ended_in.ticket_key
            and coalesce(spans.ended_at, source_horizons.last_event_at) >= ended_in.valid_from
            and coalesce(spans.ended_at, source_horizons.last_event_at) < ended_in.valid_to

),

fact_ticket_states as (

    select
        spans_with_members.ticket_key,
        spans_with_members.agent_key,
        spans_with_members.queue_key,
        spans_with_members.channel_key,
        spans_with_members.source_system,
        spans_with_members.source_instance,
        spans_with_members.source_ticket_id,

        spans_with_members.agent_name,
        spans_with_members.queue_name,
        spans_with_members.channel_name,
        spans_with_members.status,

        {{ seconds_between(
            'spans_with_members.started_at', 'spans_with_members.counted_until'
        ) }} as state_seconds,
        cast(
            {{ business_seconds_until('spans_with_members.counted_until', 'ended_days') }}
            + spans_with_members.ended_offset_seconds
            - ({{ business_seconds_until('spans_with_members.started_at', 'started_days') }})
            - spans_with_members.started_offset_seconds
            as decimal(18, 3)
        ) as state_business_seconds,

        spans_with_members.status not in ('solved', 'closed') as is_backlog,
        spans_with_members.ended_at is null as is_current,
        spans_with_members.is_excluded,

        spans_with_members.started_at,
        spans_with_members.ended_at,
        {{ reporting_date('spans_with_members.started_at') }} as started_date,
        {{ reporting_date('spans_with_members.ended_at') }} as ended_date,
        spans_with_members.as_of,

        spans_with_members.source_file,
        spans_with_members.source_row,
        spans_with_members.loaded_at
    from spans_with_members
    left join calendar_days as started_days
        on
            spans_with_members.source_system = started_days.source_system
            and spans_with_members.source_instance = started_days.source_instance
            and spans_with_members.started_calendar_code = started_days.calendar_code
            and spans_with_members.started_local_date = started_days.local_date
    left join calendar_days as ended_days
        on
            spans_with_members.source_system = ended_days.source_system
            and spans_with_members.source_instance = ended_days.source_instance
            and spans_with_members.ended_calendar_code = ended_days.calendar_code
            and spans_with_members.ended_local_date = ended_days.local_date

)

select * from fact_ticket_states
