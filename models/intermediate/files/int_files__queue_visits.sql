-- One row per entry of a contact of the files into a queue.
with

queue_visits as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__queue_visits') }}
    where row_status = 'used'

),

contacts as (

    select
        row_key as contact_key,
        channel_code,
        direction,
        contact_reason_code,
        exclusion_reason is not null as is_excluded
    from {{ ref('stg_files__contacts') }}
    where row_status = 'used'

),

-- What the times say: an answer ends the wait, and only an answered visit has one.
visits_of_contacts as (

    select
        queue_visits.*,
        contacts.channel_code,
        contacts.direction,
        contacts.contact_reason_code,
        contacts.is_excluded,
        case
            when contacts.channel_code in ('phone', 'app_voice', 'chat') then 86400
            else 2592000
        end as longest_seconds,
        case
            when queue_visits.exit_reason = 'open' then null
            when queue_visits.exit_reason = 'answered'
                then coalesce(queue_visits.answered_at, queue_visits.exited_at)
            else queue_visits.exited_at
        end as left_at
    from queue_visits
    inner join contacts on queue_visits.contact_key = contacts.contact_key

),

elapsed_visits as (

    select
        *,
        {{ seconds_between('offered_at', 'left_at') }} as elapsed_seconds
    from visits_of_contacts

),

measured_visits as (

    select
        *,
        case
            when not was_queued then 0
            when exit_reason <> 'open'
                then {{ measured_or_elapsed_seconds(
                    'wait_seconds', 'elapsed_seconds', 'longest_seconds'
                ) }}
        end as measured_seconds
    from elapsed_visits

),

ended_visits as (

    select
        *,
        case
            when exit_reason <> 'open'
                then coalesce(left_at, {{ seconds_after('offered_at', 'measured_seconds') }})
        end as ended_at
    from measured_visits

),

flagged_visits as (

    select
        row_key as visit_key,
        contact_key,
        source_system,
        source_instance,
        visit_id as source_visit_id,
        queue_code,
        channel_code,
        direction,
        visit_type,
        contact_reason_code,
        exit_reason,
        was_queued,
        is_excluded,
        cast(measured_seconds as decimal(18, 3)) as wait_seconds,
        offered_at,
        case when exit_reason = 'answered' then ended_at end as answered_at,
        ended_at as exited_at,
        nullif(
            concat_ws(
                ', ',
                dq_flag,
                case
                    when was_queued
                        then {{ duration_flag(
                            'elapsed_seconds', 'wait_by_times', 'longest_seconds'
                        ) }}
                end,
                case
                    when was_queued
                        then {{ disagreement_flag(
                            'wait_seconds', 'elapsed_seconds', 'wait', 'longest_seconds'
                        ) }}
                end,
                case
                    when exit_reason = 'answered' and ended_at is null then 'missing_answered_at'
                    when exit_reason <> 'open' and ended_at is null then 'missing_exited_at'
                    when exit_reason = 'open' and exited_at is not null then 'exited_while_open'
                end,
                case
                    when exit_reason <> 'answered' and answered_at is not null
                        then 'answer_of_unanswered_visit'
                end
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from ended_visits

)

select * from flagged_visits
