-- One row per stay of a call in a queue, however often it left and came back at once.
{{ config(materialized='table') }}

with

queue_entries as (

    select * from {{ ref('int_asterisk__queue_entries') }}

),

contact_roots as (

    select * from {{ ref('int_asterisk__contact_roots') }}

),

horizons as (

    select
        source_instance,
        max(event_at) as last_event_at
    from {{ ref('int_asterisk__queue_events') }}
    group by source_instance

),

-- The first entry tells when the stay began, the last one how it ended.
stays as (

    select
        source_instance,
        queue_code,
        stay_call_id,
        stay_entry_number,
        stay_root_call_id,
        count(*) as entry_count,
        min(offered_at) as offered_at,
        max(caller_hash) as caller_hash,
        max_by(exit_event, case when left_at is not null then offered_at end) as exit_event,
        max(answered_at) as answered_at,
        max_by(exited_at, offered_at) as exited_at,
        bool_or(is_lost) as is_lost,
        max_by(exit_event is null and answered_at is null, offered_at) as has_no_end,
        min(given_wait_seconds) as given_wait_seconds,
        min_by(truncation_flag, offered_at) as truncation_flag,
        min_by(source_file, offered_at) as source_file,
        min_by(source_row, offered_at) as source_row,
        max(loaded_at) as loaded_at
    from queue_entries
    group by source_instance, queue_code, stay_call_id, stay_entry_number, stay_root_call_id

),

stays_of_contacts as (

    select
        stays.*,
        coalesce(contact_roots.source_contact_id, stays.stay_root_call_id) as source_contact_id,
        {{ seconds_between('stays.offered_at', 'stays.exited_at') }} as elapsed_seconds,
        coalesce(
            stays.truncation_flag = 'left_truncated' and stays.given_wait_seconds is null, false
        ) as is_start_unknown,
        stays.exited_at is null
        and stays.offered_at < horizons.last_event_at - interval '24' hour
            as is_lost_from_log
    from stays
    left join contact_roots
        on
            stays.source_instance = contact_roots.source_instance
            and stays.stay_root_call_id = contact_roots.root_call_id
    inner join horizons on stays.source_instance = horizons.source_instance

),

stays_in_order as (

    select
        *,
        bool_or(answered_at is not null) over (
            partition by source_instance, source_contact_id
            order by offered_at, stay_call_id, queue_code
            rows between unbounded preceding and 1 preceding
        ) as was_answered_before,
        lead(queue_code) over (
            partition by source_instance, source_contact_id
            order by offered_at, stay_call_id, queue_code
        ) as next_queue_code
    from stays_of_contacts

),

queue_stays as (

    select
        'asterisk' as source_system,
        source_instance,
        concat_ws('|', stay_call_id, queue_code, cast(stay_entry_number as string))
            as source_visit_id,
        source_contact_id,
        stay_call_id,
        stay_entry_number,
        queue_code,
        caller_hash,
        case when was_answered_before then 'transfer' else 'inbound' end as visit_type,
        case
            when answered_at is not null then 'answered'
            when is_lost or exit_event = 'SYSCOMPAT' then 'system_lost'
            when exit_event = 'ABANDON' then 'abandoned'
            when exit_event = 'EXITWITHKEY' then 'key_exit'
            when exit_event = 'AGENTDUMP' then 'agent_dump'
            when next_queue_code <> queue_code then 'overflow_queue'
            when exit_event is null and next_queue_code is not null then 'overflow_queue'
            when exit_event = 'EXITWITHTIMEOUT' then 'timeout'
            when exit_event in ('EXITEMPTY', 'JOINEMPTY') then 'no_agents'
            when exit_event = 'FULL' then 'queue_full'
            when is_lost_from_log then 'unknown'
            else 'open'
        end as exit_reason,
        case
            when is_lost_from_log or is_start_unknown then null
            -- What the log gives is the wait since the last entry.
            when entry_count > 1 then {{ usable_seconds('elapsed_seconds') }}
            else {{ measured_or_elapsed_seconds('given_wait_seconds', 'elapsed_seconds') }}
        end as wait_seconds,
        nullif(
            concat_ws(
                ', ',
                truncation_flag,
                case when is_lost then 'system_lost' end,
                case
                    when is_lost_from_log or (has_no_end and not is_lost and exited_at is not null)
                        then 'missing_exit'
                end,
                case when is_start_unknown then 'unknown_wait' end,
                {{ duration_flag('elapsed_seconds', 'wait') }},
                case
                    when entry_count = 1 then
                        {{ disagreement_flag('given_wait_seconds', 'elapsed_seconds', 'wait') }}
                end
            ),
            ''
        ) as dq_flag,
        offered_at,
        answered_at,
        exited_at,
        source_file,
        source_row,
        loaded_at
    from stays_in_order

)

select * from queue_stays
