-- One row per satisfaction rating that a customer of Zendesk gave.
with

satisfaction_events as (

    select * from {{ ref('int_zendesk__satisfaction_events') }}
    where score in ('good', 'bad')

),

survey_answers as (

    select
        source_system,
        source_instance,
        source_answer_id,
        survey_key,
        'score' as question_code,
        cast(case score when 'good' then 1 else 0 end as decimal(18, 3)) as score,
        answered_at,
        cast(null as string) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from satisfaction_events

)

select * from survey_answers
