-- One row per answer of a person to a customer who waited for one.
with

contact_messages as (

    select
        *,
        coalesce(ticket_key, contact_key) as conversation_key
    from {{ ref('int_contact_messages') }}
    where is_public and sender in ('customer', 'agent')

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

-- What the customer wrote since the last answer belongs to the next one.
numbered_messages as (

    select
        *,
        coalesce(
            sum(case when sender = 'agent' then 1 else 0 end) over (
                partition by conversation_key
                order by message_sequence
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as answers_before
    from contact_messages

),

-- The customer waits from the first of the messages on.
asked_messages as (

    select
        *,
        min(case when sender = 'customer' then sent_at end) over (
            partition by conversation_key, answers_before
        ) as asked_at
    from numbered_messages

),

responses as (

    select
        *,
        row_number() over (
            partition by conversation_key
            order by message_sequence
        ) = 1 as is_first_response
    from asked_messages
    where sender = 'agent' and asked_at is not null

),

responses_with_members as (

    select
        responses.*,
        coalesce(dim_agent.agent_key, -2) as agent_key,
        coalesce(dim_agent.agent_name, 'Unknown agent') as agent_name,
        coalesce(dim_agent.team_key, -2) as team_key,
        coalesce(dim_agent.team_name, 'Unknown team') as team_name,
        case
            when responses.queue_code is null then -1
            else coalesce(dim_queue.queue_key, -2)
        end as queue_key,
        case
            when responses.queue_code is null then 'No queue'
            else coalesce(dim_queue.queue_name, 'Unknown queue')
        end as queue_name,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        coalesce(asked_in.calendar_code, dim_queue.calendar_code) as asked_calendar_code,
        coalesce(responded_in.calendar_code, dim_queue.calendar_code) as responded_calendar_code,
        case when asked_in.ticket_key is null then 0 else asked_in.offset_seconds end
            as asked_offset_seconds,
        case when responded_in.ticket_key is null then 0 else responded_in.offset_seconds end
            as responded_offset_seconds,
        cast(
            {{ utc_to_local(
                'responses.asked_at',
                'coalesce(asked_in.time_zone, dim_queue.calendar_time_zone)'
            ) }} as date
        ) as asked_local_date,
        cast(
            {{ utc_to_local(
                'responses.sent_at',
                'coalesce(responded_in.time_zone, dim_queue.calendar_time_zone)'
            ) }} as date
        ) as responded_local_date
    from responses
    left join dim_agent
        on
            responses.source_system = dim_agent.source_system
            and responses.source_instance = dim_agent.source_instance
            and responses.agent_code = dim_agent.agent_code
            and responses.sent_at >= dim_agent.valid_from
            and responses.sent_at < dim_agent.valid_to
    left join dim_queue
        on
            responses.source_system = dim_queue.source_system
            and responses.source_instance = dim_queue.source_instance
            and responses.queue_code = dim_queue.queue_code
    left join dim_channel on responses.channel_code = dim_channel.channel_code
    -- A ticket may have calendars of its own.
    left join ticket_calendar_spans as asked_in
        on
            responses.ticket_key = asked_in.ticket_key
            and responses.asked_at >= asked_in.valid_from
            and responses.asked_at < asked_in.valid_to
    left join ticket_calendar_spans as responded_in
        on
            responses.ticket_key = responded_in.ticket_key
            and responses.sent_at >= responded_in.valid_from
            and responses.sent_at < responded_in.valid_to

),

fact_responses as (

    select
        responses_with_members.message_key,
        coalesce(responses_with_members.contact_key, -1) as contact_key,
        coalesce(responses_with_members.ticket_key, -1) as ticket_key,
        responses_with_members.agent_key,
        responses_with_members.team_key,
        responses_with_members.queue_key,
        responses_with_members.channel_key,
        responses_with_members.source_system,
        responses_with_members.source_instance,

        responses_with_members.agent_name,
        responses_with_members.team_name,
        responses_with_members.queue_name,
        responses_with_members.channel_name,

        {{ seconds_between(
            'responses_with_members.asked_at', 'responses_with_members.sent_at'
        ) }} as response_seconds,
        cast(
            {{ business_seconds_until('responses_with_members.sent_at', 'responded_days') }}
            + responses_with_members.responded_offset_seconds
            - ({{ business_seconds_until('responses_with_members.asked_at', 'asked_days') }})
            - responses_with_members.asked_offset_seconds
            as decimal(18, 3)
        ) as response_business_seconds,

        case when responses_with_members.is_excluded then 0 else 1 end as response_count,
        case
            when
                responses_with_members.is_first_response
                and not responses_with_members.is_excluded
                then 1
            else 0
        end as first_response_count,
        case
            when
                asked_days.local_date is not null
                and responded_days.local_date is not null
                and responses_with_members.asked_offset_seconds is not null
                and responses_with_members.responded_offset_seconds is not null
                and not responses_with_members.is_excluded
                then 1
            else 0
        end as business_known_count,

        responses_with_members.is_first_response,
        responses_with_members.is_excluded,

        responses_with_members.asked_at,
        responses_with_members.sent_at as responded_at,
        {{ reporting_date('responses_with_members.asked_at') }} as asked_date,

        responses_with_members.source_file,
        responses_with_members.source_row,
        responses_with_members.loaded_at
    from responses_with_members
    left join calendar_days as asked_days
        on
            responses_with_members.source_system = asked_days.source_system
            and responses_with_members.source_instance = asked_days.source_instance
            and responses_with_members.asked_calendar_code = asked_days.calendar_code
            and responses_with_members.asked_local_date = asked_days.local_date
    left join calendar_days as responded_days
        on
            responses_with_members.source_system = responded_days.source_system
            and responses_with_members.source_instance = responded_days.source_instance
            and responses_with_members.responded_calendar_code = responded_days.calendar_code
            and responses_with_members.responded_local_date = responded_days.local_date

)

select * from fact_responses
