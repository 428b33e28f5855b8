-- One row per month, channel and measure of which the files have totals of surveys.
with

survey_month_totals as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__survey_month_totals') }}
    where row_status = 'used'

),

whole_months as (

    select
        source_system,
        source_instance,
        channel_code,
        measure,
        cast(date_trunc('month', month_start_date) as date) as month_start_date,
        sent_count,
        answered_count,
        score_sum,
        satisfied_count,
        promoter_count,
        passive_count,
        detractor_count,
        easy_count,
        resolved_yes_count
    from survey_month_totals

)

select * from whole_months
