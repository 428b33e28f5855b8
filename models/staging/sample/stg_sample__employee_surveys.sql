-- One row per landed row of the sample's employee survey, one answer to one question, used or not.
with

raw_employee_surveys as (

    select * from {{ ref('raw_employee_surveys') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_employee_surveys') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_employee_surveys

),

typed_rows as (

    select
        response_id as source_response_id,
        wave,
        site_id as site_code,
        team_id as team_code,
        lower(question) as measure,

        try_cast(score as decimal(18, 3)) as score,

        try_cast(answered_on as date) as answered_on,

        {{ unreadable_flag('score', 'score') }} as dq_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_response_id is null then 'missing_response_id'
            when wave is null then 'missing_wave'
            when measure is null or measure not in ('esat', 'enps') then 'unknown_question'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_response_id,
                measure,
                -- Only usable rows compete to be the newest version.
                quarantine_reason is null and copy_number = 1
            order by source_row desc
        ) as version_rank
    from judged_rows

),

employee_surveys as (

    select
        source_response_id,
        wave,
        site_code,
        team_code,
        measure,

        score,

        answered_on,

        dq_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_employee_surveys.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from employee_surveys
