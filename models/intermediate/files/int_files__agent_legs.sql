-- One row per connection of one agent of the files with a contact.
with

agent_legs as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__agent_legs') }}
    where row_status = 'used'

),

contacts as (

    select
        row_key as contact_key,
        channel_code,
        direction,
        exclusion_reason is not null as is_excluded
    from {{ ref('stg_files__contacts') }}
    where row_status = 'used'

),

queue_visits as (

    select
        row_key as visit_key,
        contact_key,
        visit_id,
        queue_code,
        offered_at
    from {{ ref('stg_files__queue_visits') }}
    where row_status = 'used'

),

legs_of_contacts as (

    select
        agent_legs.*,
        contacts.channel_code,
        contacts.direction,
        contacts.is_excluded,
        queue_visits.visit_key,
        queue_visits.offered_at,
        coalesce(agent_legs.queue_code, queue_visits.queue_code) as queue_or_visit_queue_code,
        case
            when contacts.channel_code in ('phone', 'app_voice', 'chat') then 86400
            else 2592000
        end as longest_seconds,
        {{ seconds_between('agent_legs.connected_at', 'agent_legs.ended_at') }} as elapsed_seconds
    from agent_legs
    inner join contacts on agent_legs.contact_key = contacts.contact_key
    left join queue_visits
        on
            agent_legs.contact_key = queue_visits.contact_key
            and agent_legs.visit_id = queue_visits.visit_id

),

measured_legs as (

    select
        *,
        {{ measured_or_elapsed_seconds(
            'connected_seconds', 'elapsed_seconds', 'longest_seconds'
        ) }} as measured_seconds
    from legs_of_contacts

),

-- An end that cannot be is none; without an end the seconds give one.
flagged_legs as (

    select
        row_key as leg_key,
        contact_key,
        visit_key,
        source_system,
        source_instance,
        leg_id as source_leg_id,
        agent_code,
        queue_or_visit_queue_code as queue_code,
        channel_code,
        direction,
        leg_type,
        transfer_type,
        transfer_reason,
        is_excluded,
        dial_seconds,
        ring_seconds,
        cast(measured_seconds as decimal(18, 3)) as connected_seconds,
        case
            when hold_seconds <= measured_seconds + 2 then least(hold_seconds, measured_seconds)
        end as hold_seconds,
        after_contact_work_seconds,
        offered_at,
        connected_at,
        case
            when elapsed_seconds between 0 and longest_seconds then ended_at
            else {{ seconds_after('connected_at', 'measured_seconds') }}
        end as ended_at,
        nullif(
            concat_ws(
                ', ',
                dq_flag,
                case when visit_id is not null and visit_key is null then 'unknown_visit' end,
                {{ duration_flag('elapsed_seconds', 'connected_by_times', 'longest_seconds') }},
                {{ disagreement_flag(
                    'connected_seconds', 'elapsed_seconds', 'connected', 'longest_seconds'
                ) }},
                case
                    when hold_seconds > measured_seconds + 2 then 'hold_longer_than_connected'
                    when hold_seconds is not null and measured_seconds is null
                        then 'hold_of_unknown_length'
                end
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from measured_legs

)

select * from flagged_legs
