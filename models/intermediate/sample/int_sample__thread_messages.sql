-- One row per usable message of a text-message or social thread of the sample, with its contact.
{{ config(materialized='table') }}

with

messages as (

    select * from {{ ref('stg_sample__messages') }}
    where row_status = 'used' and channel_code in ('sms', 'social')

),

messages_in_order as (

    select
        *,
        'sample' as source_system,
        'default' as source_instance,
        lag(sent_at) over per_thread as previous_sent_at
    from messages
    window per_thread as (
        partition by source_thread_id
        order by sent_at, source_message_id
    )

),

-- A thread never ends: a customer who writes after a long silence begins a new contact.
contact_starts as (

    select
        *,
        case
            when
                previous_sent_at is null
                or (
                    sender = 'customer'
                    and sent_at
                    >= previous_sent_at + interval '{{ number_of("messaging_silence_hours") }}' hour
                )
                then source_message_id
        end as starting_message_id
    from messages_in_order

),

placed_messages as (

    select
        *,
        {{ last_known('starting_message_id') }} over (
            partition by source_thread_id
            order by sent_at, source_message_id
            rows between unbounded preceding and current row
        ) as source_contact_id
    from contact_starts

),

thread_messages as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        source_system,
        source_instance,
        source_contact_id,
        source_message_id,
        source_thread_id,
        channel_code,
        queue_code,
        sender,
        agent_code,
        customer_hash,
        contact_reason_code,
        sent_at,
        source_file,
        source_row,
        loaded_at
    from placed_messages

)

select * from thread_messages
