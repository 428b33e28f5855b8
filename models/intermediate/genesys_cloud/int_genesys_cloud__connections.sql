-- One row per connection of one agent with a contact, before it is known which visit it is on.
{{ config(materialized='table') }}
{%- set focus_limit = number_of('genesys_cloud_focus_limit_hours') * 3600 %}

with

connected_stretches as (

    select
        *,
        case when is_dialed then greatest(callback_taken_at, previous_call_ended_at) end
            as taken_at,
        callback_taken_at is not null and is_dialed as is_call_of_callback
    from {{ ref('int_genesys_cloud__agent_stretches') }}
    where
        connected_at is not null
        -- The agent who asks is on the contact already, and a callback or preview is no talk.
        and not is_asking
        and media_type <> 'callback'

),

typed_stretches as (

    select
        *,
        case
            when is_monitoring or watch_type = 'monitoring' then 'monitor'
            when is_coaching or watch_type = 'coaching' then 'coach'
            when is_barging or watch_type = 'barging' then 'barge'
            when peer_role = 'agent' then 'consult'
            when
                is_conference
                and max(coalesce(connected_until, timestamp '9999-12-31 00:00:00')) over (
                    partition by contact_key, watch_type is null
                    order by connected_at, source_session_id
                    rows between unbounded preceding and 1 preceding
                ) > connected_at
                then 'conference'
            else 'customer'
        end as leg_type,
        case
            -- Dialing begins as the callback or preview is taken, or the call before is over.
            when is_call_of_callback then coalesce(taken_at, dial_started_at)
            else dial_started_at
        end as dialed_from,
        case
            when is_open or is_conversation_open then null
            -- After the talk a callback stays open with its agent, whose work on it that is.
            when is_call_of_callback and connected_at < last_call_connected_at then 0
            when is_call_of_callback
                then greatest(
                    {{ seconds_between('connected_until', 'callback_worked_until') }},
                    wrap_up_seconds
                )
            when is_last_stretch then wrap_up_seconds
            else 0
        end as after_contact_work_seconds
    from connected_stretches

),

-- Who is asked first and then gets the customer has two legs, with the transfer between them.
consults as (

    select
        *,
        'consult' as part,
        case
            when consult_transferred_at < connected_until then consult_transferred_at
            when connected_until is null then consult_transferred_at
            else connected_until
        end as part_until
    from typed_stretches
    where leg_type = 'consult'

),

taken_over as (

    select * from typed_stretches
    where
        leg_type = 'consult'
        and (consult_transferred_at < connected_until or connected_until is null)

),

connections as (

    select
        contact_key,
        source_system,
        source_instance,
        conversation_id,
        source_session_id as source_leg_id,
        user_id,
        case
            when is_call_of_callback then coalesce(queue_id, callback_queue_id)
            else queue_id
        end as queue_id,
        channel_code,
        contact_direction as direction,
        leg_type,
        false as is_taken_over,
        case
            when connected_until is null or leg_type <> 'customer' then null
            when disconnect_type = 'consultTransfer' then 'warm'
            when is_last_stretch and has_consult_transfer then 'warm'
            when disconnect_type in ('transfer', 'forwardTransfer') then 'blind'
            when is_last_stretch and has_transfer then 'blind'
            when disconnect_type = 'conferenceTransfer' or is_conference then 'conference'
            when is_last_stretch and has_consult then 'consult'
        end as transfer_type,
        answered_seconds,
        {{ seconds_between('dialed_from', 'connected_at') }} as dial_seconds,
        case
            when is_call_of_callback then callback_ring_seconds
            else ring_seconds
        end as ring_seconds,
        hold_seconds,
        after_contact_work_seconds,
        connected_at,
        connected_until,
        source_file,
        source_row,
        loaded_at
    from typed_stretches
    where leg_type <> 'consult'

    union all

    select
        contact_key,
        source_system,
        source_instance,
        conversation_id,
        source_session_id as source_leg_id,
        user_id,
        queue_id,
        channel_code,
        contact_direction as direction,
        leg_type,
        false as is_taken_over,
        null as transfer_type,
        answered_seconds,
        null as dial_seconds,
        ring_seconds,
        case when part_until = connected_until then hold_seconds else 0 end as hold_seconds,
        case when part_until = connected_until then after_contact_work_seconds else 0 end
            as after_contact_work_seconds,
        connected_at,
        part_until as connected_until,
        source_file,
        source_row,
        loaded_at
    from consults
    where part_until is null or part_until > connected_at

    union all

    select
        contact_key,
        source_system,
        source_instance,
        conversation_id,
        concat_ws('.', source_session_id, 'taken_over') as source_leg_id,
        user_id,
        queue_id,
        channel_code,
        contact_direction as direction,
        'customer' as leg_type,
        true as is_taken_over,
        case
            when connected_until is null then null
            when disconnect_type = 'consultTransfer' or has_consult_transfer then 'warm'
            when disconnect_type in ('transfer', 'forwardTransfer') or has_transfer then 'blind'
        end as transfer_type,
        answered_seconds,
        null as dial_seconds,
        null as ring_seconds,
        hold_seconds,
        after_contact_work_seconds,
        greatest(consult_transferred_at, connected_at) as connected_at,
        connected_until,
        source_file,
        source_row,
        loaded_at
    from taken_over

),

timed_connections as (

    select
        *,
        {{ seconds_between('connected_at', 'connected_until') }} as elapsed_seconds,
        case
            when channel_code in ('phone', 'app_voice', 'chat') then 86400
            else {{ focus_limit }}
        end as longest_seconds
    from connections

)

select * from timed_connections
