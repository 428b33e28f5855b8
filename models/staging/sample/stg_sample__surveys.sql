-- One row per landed row of the sample's surveys, one version of an invitation, used or not.
with

raw_surveys as (

    select * from {{ ref('raw_surveys') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_surveys') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_surveys

),

typed_rows as (

    select
        survey_id as source_survey_id,
        contact_id as source_contact_id,
        form_id as form_code,
        lower(channel) as survey_channel,
        upper(delivery) as delivery,

        {{ utc_from_offset_text('sent_at') }} as sent_at,
        {{ utc_from_offset_text('updated_at') }} as updated_at,

        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_survey_id is null then 'missing_survey_id'
            when sent_at is null then 'unusable_sent_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_survey_id,
                -- Only usable rows compete to be the newest version.
                quarantine_reason is null and copy_number = 1
            order by updated_at desc nulls last, source_row desc
        ) as version_rank
    from judged_rows

),

surveys as (

    select
        source_survey_id,
        source_contact_id,
        form_code,
        survey_channel,
        delivery,

        sent_at,
        updated_at,

        {{ fate_of_versions() }},
        'seeds/sample/raw_surveys.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from surveys
