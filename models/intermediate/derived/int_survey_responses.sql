-- One row per survey and question that was asked or answered, with the answer that holds.
{{ config(materialized='table') }}

with

survey_invitations as (

    select * from {{ ref('int_survey_invitations') }}

),

survey_questions as (

    select * from {{ ref('int_survey_questions') }}

),

survey_answers as (

    select * from {{ ref('int_survey_answers') }}

),

-- The scale is the one that the customer saw, however late the answer comes.
asked_questions as (

    select
        survey_invitations.survey_key,
        survey_invitations.source_system,
        survey_invitations.source_instance,
        survey_questions.question_code,
        survey_questions.measure,
        survey_questions.scale_min,
        survey_questions.scale_max,
        survey_questions.is_higher_better,
        count(*) over (partition by survey_invitations.survey_key) as asked_count
    from survey_invitations
    inner join survey_questions
        on
            survey_invitations.source_system = survey_questions.source_system
            and survey_invitations.source_instance = survey_questions.source_instance
            and survey_invitations.form_code = survey_questions.form_code
            and survey_invitations.sent_at >= survey_questions.valid_from
            and survey_invitations.sent_at < survey_questions.valid_to

),

judged_answers as (

    select
        survey_answers.*,
        asked_questions.asked_count,
        case
            when
                survey_answers.score
                between asked_questions.scale_min and asked_questions.scale_max
                then survey_answers.score
        end as usable_score,
        case
            when asked_questions.survey_key is null then 'question_not_asked'
            when
                survey_answers.score
                not between asked_questions.scale_min and asked_questions.scale_max
                then 'score_outside_scale'
            else survey_answers.dq_flag
        end as answer_flag
    from survey_answers
    left join asked_questions
        on
            survey_answers.survey_key = asked_questions.survey_key
            and survey_answers.question_code = asked_questions.question_code

),

submissions as (

    select
        survey_key,
        answered_at,
        count(distinct case when usable_score is not null then question_code end)
        = max(asked_count)
            as is_complete,
        count(usable_score) > 0 as is_usable
    from judged_answers
    where asked_count is not null
    group by survey_key, answered_at

),

-- The last complete submission holds; a partial one only where none is complete.
chosen_submissions as (

    select *
    from submissions
    qualify
        row_number() over (
            partition by survey_key
            order by is_usable desc, is_complete desc, answered_at desc
        ) = 1

),

-- Answers to questions that were not asked are kept, and count nowhere.
chosen_answers as (

    select
        judged_answers.survey_key,
        judged_answers.source_system,
        judged_answers.source_instance,
        judged_answers.question_code,
        max(judged_answers.asked_count) is not null as was_asked,
        {{ value_at_last('judged_answers.usable_score', 'judged_answers.source_answer_id') }}
            as score,
        coalesce(bool_or(chosen_submissions.is_complete), false) as is_complete,
        max(judged_answers.answered_at) as answered_at,
        max(judged_answers.answer_flag) as dq_flag,
        max(judged_answers.loaded_at) as loaded_at,
        max_by(judged_answers.source_file, judged_answers.source_answer_id) as source_file,
        max_by(judged_answers.source_row, judged_answers.source_answer_id) as source_row
    from judged_answers
    left join chosen_submissions
        on
            judged_answers.survey_key = chosen_submissions.survey_key
            and judged_answers.answered_at = chosen_submissions.answered_at
    where judged_answers.asked_count is null or chosen_submissions.survey_key is not null
    group by
        judged_answers.survey_key,
        judged_answers.source_system,
        judged_answers.source_instance,
        judged_answers.question_code

),

asked_and_answered as (

    select
        coalesce(asked_questions.survey_key, chosen_answers.survey_key) as survey_key,
        coalesce(asked_questions.source_system, chosen_answers.source_system) as source_system,
        coalesce(asked_questions.source_instance, chosen_answers.source_instance)
            as source_instance,
        coalesce(asked_questions.question_code, chosen_answers.question_code) as question_code,
        asked_questions.survey_key is not null as was_asked,
        coalesce(asked_questions.measure, 'unknown') as measure,
        asked_questions.scale_min,
        asked_questions.scale_max,
        asked_questions.is_higher_better,
        chosen_answers.score,
        coalesce(chosen_answers.is_complete, false) as is_complete,
        case when chosen_answers.score is not null then chosen_answers.answered_at end
            as answered_at,
        chosen_answers.answered_at as submitted_at,
        chosen_answers.dq_flag,
        chosen_answers.source_file as answer_file,
        chosen_answers.source_row as answer_row,
        chosen_answers.loaded_at as answer_loaded_at
    from asked_questions
    full join chosen_answers
        on
            asked_questions.survey_key = chosen_answers.survey_key
            and asked_questions.question_code = chosen_answers.question_code

),

responses_with_survey as (

    select
        {{ surrogate_key(["'survey_response'", 'cast(asked_and_answered.survey_key as string)',
                          'asked_and_answered.question_code']) }} as response_key,
        asked_and_answered.survey_key,
        asked_and_answered.source_system,
        asked_and_answered.source_instance,
        survey_invitations.source_survey_id,
        survey_invitations.contact_key,
        survey_invitations.form_code,
        survey_invitations.survey_channel,
        asked_and_answered.question_code,
        asked_and_answered.measure,
        asked_and_answered.scale_min,
        asked_and_answered.scale_max,
        asked_and_answered.is_higher_better,
        asked_and_answered.score,
        asked_and_answered.is_complete,
        asked_and_answered.was_asked and coalesce(survey_invitations.is_delivered, false)
            as was_asked,
        -- An answer whose survey is lost hangs on its own time.
        coalesce(survey_invitations.sent_at, asked_and_answered.submitted_at) as sent_at,
        asked_and_answered.answered_at,
        concat_ws(', ', survey_invitations.dq_flag, asked_and_answered.dq_flag) as dq_flag,
        coalesce(survey_invitations.source_file, asked_and_answered.answer_file) as source_file,
        coalesce(survey_invitations.source_row, asked_and_answered.answer_row) as source_row,
        coalesce(survey_invitations.loaded_at, asked_and_answered.answer_loaded_at) as loaded_at
    from asked_and_answered
    left join survey_invitations
        on asked_and_answered.survey_key = survey_invitations.survey_key

),

-- A contact is asked once and answers once per measure, however many surveys it got.
int_survey_responses as (

    select
        response_key,
        survey_key,
        source_system,
        source_instance,
        source_survey_id,
        contact_key,
        form_code,
        survey_channel,
        question_code,
        measure,
        scale_min,
        scale_max,
        is_higher_better,
        score,
        is_complete,
        was_asked,
        was_asked
        and row_number() over (
            partition by coalesce(contact_key, survey_key), measure, was_asked
            order by
                score is not null desc,
                is_complete desc,
                answered_at desc nulls last,
                sent_at asc,
                survey_key asc
        ) = 1 as is_counted,
        sent_at,
        answered_at,
        nullif(dq_flag, '') as dq_flag,
        source_file,
        source_row,
        loaded_at
    from responses_with_survey

)

select * from int_survey_responses
