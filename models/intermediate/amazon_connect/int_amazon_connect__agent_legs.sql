-- One row per connection of one agent with a contact.
with

contacts as (

    select * from {{ ref('int_amazon_connect__contacts') }}

),

linked_records as (

    select * from {{ ref('int_amazon_connect__linked_records') }}

),

callback_attempts as (

    select * from {{ ref('int_amazon_connect__callback_attempts') }}

),

queue_visits as (

    select * from {{ ref('int_amazon_connect__queue_visits') }}

),

answering_records as (

    select
        source_instance,
        source_record_id
    from linked_records
    where has_leg and initiation_method <> 'AGENT_REPLY'

),

-- An agent writes the reply while connected with the mail it answers: the same time, once.
connected_records as (

    select
        linked_records.*,
        coalesce(callback_attempts.request_id, linked_records.source_record_id) as source_visit_id
    from linked_records
    left join callback_attempts
        on
            linked_records.source_instance = callback_attempts.source_instance
            and linked_records.source_record_id = callback_attempts.source_record_id
    left join answering_records
        on
            linked_records.initiation_method = 'AGENT_REPLY'
            and linked_records.source_instance = answering_records.source_instance
            and coalesce(linked_records.related_contact_id, linked_records.previous_contact_id)
            = answering_records.source_record_id
    where linked_records.has_leg and answering_records.source_record_id is null

),

timed_records as (

    select
        *,
        cast(
            {{ seconds_between('leg_connected_at', 'agent_left_at') }}
            - coalesce(pause_seconds, 0) as decimal(18, 3)
        ) as elapsed_seconds,
        coalesce(
            after_contact_work_seconds,
            {{ seconds_between('after_contact_work_started_at', 'after_contact_work_ended_at') }}
        ) as work_seconds,
        case
            when initiation_method = 'MONITOR' and has_barged then 'barge'
            when initiation_method = 'MONITOR' then 'monitor'
            when handoff in ('consult', 'conference') then handoff
            else 'customer'
        end as leg_type,
        case
            when not is_dialed_by_agent then null
            when initiation_method = 'CALLBACK' then coalesce(dequeued_at, connected_to_agent_at)
            when initiation_method = 'CAMPAIGN_PREVIEW'
                then coalesce(accepted_at, connected_to_agent_at)
            else initiated_at
        end as dialed_at
    from connected_records

),

-- The seconds of a consultation say when the customer listened, not how long the agent was on it.
measured_legs as (

    select
        *,
        case
            when leg_type in ('customer', 'conference') then measured_seconds
        end as counted_seconds,
        case
            when channel = 'VOICE' and leg_type in ('customer', 'conference')
                then {{ measured_or_elapsed_seconds('measured_seconds', 'elapsed_seconds') }}
            else {{ usable_seconds('elapsed_seconds', 2592000) }}
        end as connected_seconds
    from timed_records

),

agent_legs as (

    select
        {{ source_key(
            'agent_leg', 'legs.source_record_id', 'legs.source_system', 'legs.source_instance'
        ) }} as leg_key,
        legs.contact_key,
        queue_visits.visit_key,
        legs.source_system,
        legs.source_instance,
        legs.source_record_id as source_leg_id,

        legs.agent_code,
        legs.queue_code,
        contacts.channel_code,
        contacts.direction,
        legs.leg_type,
        case when legs.leg_type in ('customer', 'conference') then legs.transfer_type end
            as transfer_type,
        cast(null as string) as transfer_reason,

        {{ usable_seconds(seconds_between('legs.dialed_at', 'legs.leg_connected_at')) }}
            as dial_seconds,
        cast(null as decimal(18, 3)) as ring_seconds,
        legs.connected_seconds,
        case
            when legs.hold_seconds between 0 and legs.connected_seconds then legs.hold_seconds
        end as hold_seconds,
        {{ usable_seconds('legs.work_seconds') }} as after_contact_work_seconds,

        contacts.is_excluded,
        nullif(
            concat_ws(
                ', ',
                legs.unreadable_flag,
                case
                    when abs(legs.counted_seconds - legs.elapsed_seconds) > 1
                        then 'interaction_differs_from_timestamps'
                end,
                {{ duration_flag('legs.elapsed_seconds', 'connected', 2592000) }},
                {{ duration_flag('legs.work_seconds', 'after_contact_work') }},
                case
                    when legs.hold_seconds > legs.connected_seconds then 'hold_beyond_connection'
                end,
                case when legs.pause_seconds > 0 then 'pauses_left_out' end,
                case when legs.agent_left_at is null then 'unknown_end' end
            ),
            ''
        ) as dq_flag,

        queue_visits.offered_at,
        legs.leg_connected_at as connected_at,
        case
            -- Work that was paused is there without its pauses.
            when legs.pause_seconds > 0
                then {{ seconds_after('legs.leg_connected_at', 'legs.connected_seconds') }}
            when legs.agent_left_at < legs.leg_connected_at then legs.leg_connected_at
            else legs.agent_left_at
        end as ended_at,

        legs.source_file,
        legs.source_row,
        legs.loaded_at
    from measured_legs as legs
    inner join contacts on legs.contact_key = contacts.contact_key
    left join queue_visits
        on
            legs.source_instance = queue_visits.source_instance
            and legs.source_visit_id = queue_visits.source_visit_id

)

select * from agent_legs
