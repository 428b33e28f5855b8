-- One row per usable segment of a chat of the sample, with the agent's first message in it.
{{ config(materialized='table') }}

with

chats as (

    select * from {{ ref('stg_sample__chats') }}
    where row_status = 'used'

),

messages as (

    select * from {{ ref('stg_sample__messages') }}
    where row_status = 'used' and channel_code = 'chat' and sender = 'agent'

),

contact_reasons as (

    select * from {{ ref('stg_sample__contact_reasons') }}

),

-- A message of an agent belongs to the segment that an agent accepted last.
acceptances_and_messages as (

    select
        source_chat_id,
        segment_number,
        accepted_at as happened_at,
        0 as event_rank
    from chats
    where accepted_at is not null

    union all

    select
        source_thread_id as source_chat_id,
        null as segment_number,
        sent_at as happened_at,
        1 as event_rank
    from messages

),

placed_messages as (

    select
        source_chat_id,
        event_rank,
        happened_at,
        {{ last_known('segment_number') }} over (
            partition by source_chat_id
            order by happened_at, event_rank, segment_number
            rows between unbounded preceding and current row
        ) as segment_number
    from acceptances_and_messages

),

first_messages as (

    select
        source_chat_id,
        segment_number,
        min(happened_at) as first_agent_message_at
    from placed_messages
    where event_rank = 1 and segment_number is not null
    group by source_chat_id, segment_number

),

identified_segments as (

    select
        chats.*,
        'sample' as source_system,
        'default' as source_instance,
        chats.source_chat_id as source_contact_id,
        concat_ws('.', chats.source_chat_id, chats.segment_number) as source_segment_id,
        contact_reasons.contact_reason_code as documented_reason_code,
        first_messages.first_agent_message_at,
        case chats.disposition
            when 'TEST_CALL' then 'test'
            when 'TEST_CHAT' then 'test'
            when 'WRONG_NUMBER' then 'wrong_number'
            when 'SPAM' then 'spam'
        end as segment_exclusion_reason
    from chats
    left join contact_reasons
        on chats.contact_reason_code = contact_reasons.contact_reason_code
    left join first_messages
        on
            chats.source_chat_id = first_messages.source_chat_id
            and chats.segment_number = first_messages.segment_number

),

chat_segments as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        case
            when segment_type = 'queue' then {{ source_key('queue_visit', 'source_segment_id') }}
        end as visit_key,
        source_system,
        source_instance,
        source_contact_id,
        source_segment_id,
        segment_number,
        segment_type,
        previous_source_contact_id,

        customer_hash,
        queue_code,
        agent_code,
        transfer_type,
        transfer_reason,
        outcome,
        disposition,
        documented_reason_code as contact_reason_code,
        max(segment_exclusion_reason) over (partition by source_contact_id) as exclusion_reason,

        after_contact_work_seconds,

        started_at,
        accepted_at,
        first_agent_message_at,
        -- The agent's own end: the customer may go on elsewhere.
        least(coalesce(agent_left_at, ended_at), ended_at) as agent_left_at,
        ended_at,

        coalesce(
            max(case when transfer_type in ('blind', 'warm') then 1 else 0 end) over (
                partition by source_contact_id
                order by segment_number
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) = 1 as follows_transfer,
        case
            when contact_reason_code is not null and documented_reason_code is null
                then 'undocumented_contact_reason'
        end as reason_flag,
        unreadable_flag,
        source_file,
        source_row,
        loaded_at
    from identified_segments

)

select * from chat_segments
