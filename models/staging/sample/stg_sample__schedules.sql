-- One row per landed row of the sample's published schedules, used or not.
with

raw_schedules as (

    select * from {{ ref('raw_schedules') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_schedules') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_schedules

),

typed_rows as (

    select
        agent_id as agent_code,
        try_cast(version as int) as version_number,
        upper(activity) as activity,
        try_cast(business_date as date) as business_date,
        {{ utc_from_offset_text('published_at') }} as published_at,
        {{ utc_from_offset_text('starts_at') }} as starts_at,
        {{ utc_from_offset_text('ends_at') }} as ends_at,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when agent_code is null then 'missing_agent_id'
            when version_number is null then 'unusable_version'
            when business_date is null then 'unusable_business_date'
            when published_at is null then 'unusable_published_at'
            when starts_at is null then 'unusable_starts_at'
            when ends_at is null or ends_at <= starts_at then 'unusable_ends_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                agent_code,
                business_date,
                version_number,
                starts_at,
                quarantine_reason is null and copy_number = 1
            order by published_at desc, source_row desc
        ) as version_rank
    from judged_rows

),

schedules as (

    select
        agent_code,
        version_number,
        activity,
        business_date,
        published_at,
        starts_at,
        ends_at,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then 'quarantined'
            when version_rank > 1 then 'dropped'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            when version_rank > 1 then 'superseded_version'
        end as row_status_reason,
        case when copy_number = 1 and quarantine_reason is not null then row_text end
            as raw_values,
        'seeds/sample/raw_schedules.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from schedules
