-- One row per landed row of the sample's survey answers, used or not.
with

raw_survey_answers as (

    select * from {{ ref('raw_survey_answers') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_survey_answers') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_survey_answers

),

typed_rows as (

    select
        answer_id as source_answer_id,
        survey_id as source_survey_id,
        question_id as question_code,

        try_cast(score as decimal(18, 3)) as score,

        {{ utc_from_offset_text('answered_at') }} as answered_at,

        {{ unreadable_flag('score', 'score') }} as dq_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_answer_id is null then 'missing_answer_id'
            when source_survey_id is null then 'missing_survey_id'
            when question_code is null then 'missing_question_id'
            when answered_at is null then 'unusable_answered_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_answer_id,
                -- Only usable rows compete to be the newest version.
                quarantine_reason is null and copy_number = 1
            order by answered_at desc, source_row desc
        ) as version_rank
    from judged_rows

),

survey_answers as (

    select
        source_answer_id,
        source_survey_id,
        question_code,

        score,

        answered_at,

        dq_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_survey_answers.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from survey_answers
