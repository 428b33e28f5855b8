-- One row per landed row of the sample's absences, used or not.
with

raw_absences as (

    select * from {{ ref('raw_absences') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_absences') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_absences

),

typed_rows as (

    select
        absence_id as source_absence_id,
        agent_id as agent_code,
        lower(absence_type) as absence_type,
        lower(status) as absence_status,
        try_cast(working_days as decimal(9, 4)) as working_days,
        {{ utc_from_offset_text('reported_at') }} as reported_at,
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
            when source_absence_id is null then 'missing_absence_id'
            when agent_code is null then 'missing_agent_id'
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
            partition by source_absence_id, quarantine_reason is null and copy_number = 1
            order by source_row
        ) as version_rank
    from judged_rows

),

absences as (

    select
        source_absence_id,
        agent_code,
        absence_type,
        absence_status,
        working_days,
        reported_at,
        starts_at,
        ends_at,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then 'quarantined'
            when version_rank > 1 then 'quarantined'
            when absence_status in ('rejected', 'canceled') then 'dropped'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            when version_rank > 1 then 'conflicting_absence_id'
            when absence_status in ('rejected', 'canceled') then absence_status
        end as row_status_reason,
        case
            when copy_number = 1 and (quarantine_reason is not null or version_rank > 1)
                then row_text
        end as raw_values,
        'seeds/sample/raw_absences.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from absences
