-- One row per month, channel and measure of which the sample has totals and no single answers.
with

survey_totals as (

    select * from {{ ref('stg_sample__survey_totals') }}
    where row_status = 'used'

),

survey_questions as (

    select * from {{ ref('stg_sample__survey_questions') }}

),

-- What a question measured in the middle of the month.
measured_totals as (

    select
        survey_totals.*,
        survey_questions.measure
    from survey_totals
    inner join survey_questions
        on
            survey_totals.question_code = survey_questions.question_code
            and survey_totals.month_start_date + interval '15' day >= survey_questions.valid_from
            and (
                survey_totals.month_start_date + interval '15' day < survey_questions.valid_to
                or survey_questions.valid_to is null
            )

),

-- Two forms may ask the same.
month_totals as (

    select
        'sample' as source_system,
        'default' as source_instance,
        month_start_date,
        channel_code,
        measure,
        cast(sum(sent_count) as int) as sent_count,
        cast(sum(answered_count) as int) as answered_count,
        cast(sum(score_sum) as decimal(18, 3)) as score_sum,
        cast(sum(case when measure = 'csat' then satisfied_count end) as int) as satisfied_count,
        cast(sum(case when measure = 'nps' then promoter_count end) as int) as promoter_count,
        cast(sum(case when measure = 'nps' then passive_count end) as int) as passive_count,
        cast(sum(case when measure = 'nps' then detractor_count end) as int) as detractor_count,
        cast(
            sum(case when measure in ('ces_agreement', 'ces_effort') then easy_count end) as int
        ) as easy_count,
        cast(sum(case when measure = 'resolved' then resolved_yes_count end) as int)
            as resolved_yes_count,
        cast(null as string) as dq_flag,
        min(source_file) as source_file,
        min(source_row) as source_row,
        max(loaded_at) as loaded_at
    from measured_totals
    group by month_start_date, channel_code, measure

)

select * from month_totals
