-- One row per usable contact segment of the sample, with what holds for its whole contact.
{{ config(materialized='table') }}

with

call_detail_records as (

    select * from {{ ref('stg_sample__call_detail_records') }}
    where row_status = 'used'

),

contact_reasons as (

    select * from {{ ref('stg_sample__contact_reasons') }}

),

identified_segments as (

    select
        call_detail_records.*,
        'sample' as source_system,
        'default' as source_instance,
        concat_ws(
            '.',
            call_detail_records.source_contact_id,
            call_detail_records.segment_number
        ) as source_segment_id,
        contact_reasons.contact_reason_code as documented_reason_code,
        case call_detail_records.disposition
            when 'TEST_CALL' then 'test'
            when 'WRONG_NUMBER' then 'wrong_number'
            when 'SPAM' then 'spam'
        end as segment_exclusion_reason
    from call_detail_records
    left join contact_reasons
        on call_detail_records.contact_reason_code = contact_reasons.contact_reason_code

),

keyed_segments as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        case
            when segment_type in ('queue', 'callback')
                then {{ source_key('queue_visit', 'source_segment_id') }}
        end as visit_key,
        source_system,
        source_instance,
        source_contact_id,
        source_segment_id,
        segment_number,
        segment_type,
        direction,
        channel_code,
        extension,
        customer_hash,
        queue_code,
        agent_code,
        transfer_type,
        transfer_reason,
        outcome,
        disposition,
        documented_reason_code as contact_reason_code,
        max(segment_exclusion_reason)
            over (partition by source_contact_id)
            as exclusion_reason,

        dial_seconds,
        ring_seconds,
        wait_seconds,
        hold_seconds,
        after_contact_work_seconds,

        started_at,
        queue_entered_at,
        answered_at,
        -- The agent's own end: the customer may go on with somebody outside.
        least(coalesce(agent_ended_at, ended_at), ended_at) as agent_ended_at,
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

),

-- A consultation or conference takes place on the visit that the contact is in.
contact_segments as (

    select
        *,
        {{ last_known('visit_key') }} over so_far as current_visit_key,
        case
            when segment_type = 'direct' then queue_code
            else {{ last_known('queue_code') }} over so_far
        end as current_queue_code,
        {{ last_known('queue_entered_at') }} over so_far as current_offered_at,
        first_value(direction) over so_far as contact_direction
    from keyed_segments
    window so_far as (
        partition by contact_key
        order by segment_number
        rows between unbounded preceding and current row
    )

)

select * from contact_segments
