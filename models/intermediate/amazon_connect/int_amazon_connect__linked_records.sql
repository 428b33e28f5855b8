-- One row per used contact record: whose contact it is part of, what it grew out of and what grew
-- out of it.
{{ config(materialized='table') }}

with

contact_records as (

    select * from {{ ref('stg_amazon_connect__contact_records') }}
    where row_status = 'used'

),

followed_records as (

    select
        source_instance,
        next_contact_id,
        min(source_record_id) as source_record_id
    from contact_records
    where next_contact_id is not null
    group by source_instance, next_contact_id

),

-- What a record grew out of may be told by the one before it alone.
staged_records as (

    select
        contact_records.*,
        coalesce(
            contact_records.previous_contact_id, followed_records.source_record_id
        ) as previous_record_id
    from contact_records
    left join followed_records
        on
            contact_records.source_instance = followed_records.source_instance
            and contact_records.source_record_id = followed_records.next_contact_id

),

-- Mails of a thread, customers' and agents', are one contact.
records_with_roots as (

    select
        *,
        coalesce(
            case when channel = 'EMAIL' then contact_association_id end,
            initial_contact_id,
            previous_record_id,
            source_record_id
        ) as root_record_id,
        channel = 'VOICE' and initiation_method in ('OUTBOUND', 'CALLBACK', 'CAMPAIGN_PREVIEW')
            as is_dialed_by_agent,
        agent_code is not null and connected_to_agent_at is not null as has_agent
    from staged_records

),

-- An agent who dials is connected before the customer is; the leg begins with the customer.
connected_records as (

    select
        *,
        has_agent and (not is_dialed_by_agent or connected_to_system_at is not null) as has_leg,
        case
            when has_leg and is_dialed_by_agent
                then greatest(connected_to_agent_at, connected_to_system_at)
            when has_leg then connected_to_agent_at
        end as leg_connected_at,
        -- The dialing is counted as interaction.
        cast(
            interaction_seconds
            + coalesce(hold_seconds, 0)
            - case
                when is_dialed_by_agent and connected_to_system_at > connected_to_agent_at
                    then {{ seconds_between('connected_to_agent_at', 'connected_to_system_at') }}
                else 0
            end as decimal(18, 3)
        ) as measured_seconds
    from records_with_roots

),

-- The customer may stay on the line with somebody else long after the agent has left: the end of
-- the record is never the agent's.
ended_records as (

    select
        *,
        coalesce(
            after_contact_work_started_at,
            case
                when transfer_completed_at >= connected_to_agent_at then transfer_completed_at
            end,
            {{ seconds_after(
                'connected_to_agent_at',
                '(interaction_seconds + coalesce(hold_seconds, 0) + coalesce(pause_seconds, 0))'
            ) }}
        ) as agent_left_at
    from connected_records

),

previous_records as (

    select
        source_instance,
        source_record_id,
        initiation_method as previous_initiation_method,
        has_agent as had_previous_agent,
        hold_seconds as previous_hold_seconds,
        agent_left_at as previous_agent_left_at
    from ended_records

),

-- Who enters after-contact work first tells what a second connection was for.
related_records as (

    select
        ended_records.*,
        previous_records.previous_initiation_method,
        case
            when
                not coalesce(previous_records.had_previous_agent, false)
                or ended_records.initiation_method not in ('TRANSFER', 'EXTERNAL_OUTBOUND')
                then null
            when ended_records.has_agent
                then
                    case
                        when
                            ended_records.agent_left_at > previous_records.previous_agent_left_at
                            or ended_records.agent_left_at is null
                            or previous_records.previous_agent_left_at is null
                            then
                                case
                                    when
                                        ended_records.leg_connected_at
                                        < previous_records.previous_agent_left_at
                                        then 'warm'
                                    else 'blind'
                                end
                        when ended_records.interaction_seconds > 2 then 'conference'
                        else 'consult'
                    end
            when ended_records.disconnected_at < previous_records.previous_agent_left_at
                then
                    case
                        when
                            ended_records.third_party_seconds
                            > previous_records.previous_hold_seconds
                            then 'conference'
                        else 'consult'
                    end
            when
                ended_records.initiation_method = 'EXTERNAL_OUTBOUND'
                and ended_records.connected_to_system_at
                < previous_records.previous_agent_left_at
                then 'warm'
            else 'blind'
        end as handoff
    from ended_records
    left join previous_records
        on
            ended_records.source_instance = previous_records.source_instance
            and ended_records.previous_record_id = previous_records.source_record_id

),

next_records as (

    select
        source_instance,
        previous_record_id as source_record_id,
        bool_or(initiation_method = 'QUEUE_TRANSFER') as was_moved_to_queue,
        bool_or(initiation_method = 'CALLBACK') as was_callback_requested,
        max(case when handoff in ('warm', 'blind') then handoff end) as transferred,
        max(case when handoff in ('consult', 'conference') then handoff end) as consulted
    from related_records
    where previous_record_id is not null
    group by source_instance, previous_record_id

),

-- The first record tells how the contact began; without the root's own it is the earliest.
ordered_records as (

    select
        related_records.*,
        coalesce(next_records.was_moved_to_queue, false) as was_moved_to_queue,
        coalesce(next_records.was_callback_requested, false) as was_callback_requested,
        coalesce(
            next_records.transferred,
            case when related_records.is_transferred_out then 'blind' end,
            next_records.consulted
        ) as transfer_type,
        first_value(related_records.channel) over in_root as root_channel,
        row_number() over in_channel as record_number,
        first_value(related_records.source_record_id) over in_channel as first_record_id
    from related_records
    left join next_records
        on
            related_records.source_instance = next_records.source_instance
            and related_records.source_record_id = next_records.source_record_id
    window
        in_root as (
            partition by related_records.source_instance, related_records.root_record_id
            order by
                related_records.source_record_id <> related_records.root_record_id,
                related_records.initiated_at,
                related_records.source_record_id
        ),
        in_channel as (
            partition by
                related_records.source_instance,
                related_records.root_record_id,
                related_records.channel
            order by
                related_records.source_record_id <> related_records.root_record_id,
                related_records.initiated_at,
                related_records.source_record_id
        )

),

contact_ids as (

    select
        *,
        'amazon_connect' as source_system,
        case when channel = root_channel then root_record_id else first_record_id end
            as source_contact_id
    from ordered_records

),

linked_records as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        source_system,
        source_instance,
        source_contact_id,
        source_record_id,
        root_record_id,
        previous_record_id as previous_contact_id,
        next_contact_id,
        related_contact_id,
        record_number,

        channel,
        channel_subtype,
        initiation_method,
        previous_initiation_method,
        disconnect_reason,
        machine_detection,
        campaign_code,
        contact_reason_code,
        disposition,
        exclusion_reason,
        customer_hash,
        system_address,
        agent_code,
        case when not is_agent_queue then queue_code end as queue_code,
        handoff,
        transfer_type,

        measured_seconds,
        pause_seconds,
        hold_seconds,
        after_contact_work_seconds,
        queue_seconds,
        first_response_seconds,

        is_customer_known,
        is_dialed_by_agent,
        has_agent,
        has_leg,
        has_queue,
        has_barged,
        is_voicemail,
        is_transferred_out,
        was_moved_to_queue,
        was_callback_requested,
        unreadable_flag,

        initiated_at,
        connected_to_system_at,
        -- Without its time of entry a queue was entered as long before as it was waited in.
        coalesce(
            enqueued_at,
            {{ seconds_after(
                'coalesce(dequeued_at, connected_to_agent_at)',
                '-' ~ usable_seconds('queue_seconds')
            ) }}
        ) as enqueued_at,
        dequeued_at,
        accepted_at,
        connected_to_agent_at,
        leg_connected_at,
        agent_left_at,
        after_contact_work_started_at,
        after_contact_work_ended_at,
        disconnected_at,

        source_file,
        source_row,
        loaded_at
    from contact_ids

)

select * from linked_records
