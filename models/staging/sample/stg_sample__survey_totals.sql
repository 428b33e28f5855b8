-- One row per landed row of the sample's monthly survey totals, used or not.
with

raw_survey_totals as (

    select * from {{ ref('raw_survey_totals') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_survey_totals') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_survey_totals

),

typed_rows as (

    select
        try_cast(month || '-01' as date) as month_start_date,
        lower(channel) as channel_code,
        question_id as question_code,

        try_cast(sent as int) as sent_count,
        try_cast(answered as int) as answered_count,
        try_cast(score_sum as decimal(18, 3)) as score_sum,
        try_cast(satisfied as int) as satisfied_count,
        try_cast(promoters as int) as promoter_count,
        try_cast(passives as int) as passive_count,
        try_cast(detractors as int) as detractor_count,
        try_cast(easy as int) as easy_count,
        try_cast(resolved_yes as int) as resolved_yes_count,

        {{ utc_from_offset_text('exported_at') }} as exported_at,

        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when month_start_date is null then 'unusable_month'
            when channel_code is null then 'missing_channel'
            when question_code is null then 'missing_question_id'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                month_start_date,
                channel_code,
                question_code,
                -- Only usable rows compete to be the newest version.
                quarantine_reason is null and copy_number = 1
            order by exported_at desc nulls last, source_row desc
        ) as version_rank
    from judged_rows

),

survey_totals as (

    select
        month_start_date,
        channel_code,
        question_code,

        sent_count,
        answered_count,
        score_sum,
        satisfied_count,
        promoter_count,
        passive_count,
        detractor_count,
        easy_count,
        resolved_yes_count,

        exported_at,

        {{ fate_of_versions() }},
        'seeds/sample/raw_survey_totals.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from survey_totals
