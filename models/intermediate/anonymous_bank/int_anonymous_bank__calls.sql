-- One row per used call: a contact, with its one queue visit and agent leg where it has them.
{{ config(materialized='table') }}

with

staged_calls as (

    select * from {{ ref('stg_anonymous_bank__calls') }}
    where row_status = 'used'

),

outlined_calls as (

    -- Service times are missing on some answered calls: the agent then answered when the queue,
    -- or the VRU for those that did not queue, let the call go.
    select
        *,
        'anonymous_bank' as source_system,
        case when call_type in ('PS', 'PE', 'IN', 'NE', 'NW', 'TT') then call_type end
            as contact_reason_code,
        outcome = 'AGENT' as was_answered,
        was_queued or was_answered as was_offered,
        case
            when was_answered
                then coalesce(
                    service_started_at, queue_exited_at, vru_exited_at, vru_entered_at
                )
        end as answered_at,
        case when was_queued then queue_entered_at else answered_at end as offered_at,
        case when was_queued then queue_seconds when was_answered then 0 end as wait_seconds,
        case when was_answered then service_seconds end as connected_seconds
    from staged_calls

),

calls as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        case
            when was_offered then {{ source_key('queue_visit', 'source_contact_id') }}
        end as visit_key,
        case
            when customer_hash is null then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key,
        source_system,
        source_instance,
        source_contact_id,
        customer_hash,

        contact_reason_code,
        server as agent_code,

        wait_seconds,
        connected_seconds,
        vru_seconds,

        was_queued,
        was_offered,
        was_answered,
        dq_flag,

        vru_entered_at,
        vru_exited_at,
        offered_at,
        answered_at,
        case
            when was_answered
                then coalesce(
                    service_ended_at, {{ seconds_after('answered_at', 'connected_seconds') }}
                )
        end as service_ended_at,
        queue_exited_at,

        source_file,
        source_row,
        loaded_at
    from outlined_calls

)

select * from calls
