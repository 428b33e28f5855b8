-- One row per landed row of the sample's employment events, used or not.
with

raw_employment_events as (

    select * from {{ ref('raw_employment_events') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_employment_events') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_employment_events

),

typed_rows as (

    select
        event_id as source_event_id,
        agent_id as agent_code,
        {{ salted_hash('person_id') }} as person_hash,
        lower(event_type) as event_type,
        team_id as team_code,
        upper(currency) as currency_code,
        lower(leaving_kind) as leaving_kind,
        try_cast(hourly_cost as decimal(18, 4)) as hourly_cost,
        try_cast(contract_hours_per_week as decimal(9, 4)) as contract_hours_per_week,
        try_cast(effective_on as date) as effective_on,
        {{ utc_from_offset_text('recorded_at') }} as recorded_at,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_event_id is null then 'missing_event_id'
            when agent_code is null then 'missing_agent_id'
            when
                event_type is null
                or event_type not in ('hired', 'rehired', 'moved', 'rate_changed', 'left')
                then 'unknown_event_type'
            when effective_on is null then 'unusable_effective_on'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by source_event_id, quarantine_reason is null and copy_number = 1
            order by recorded_at desc nulls last, source_row desc
        ) as version_rank
    from judged_rows

),

employment_events as (

    select
        source_event_id,
        agent_code,
        person_hash,
        event_type,
        team_code,
        currency_code,
        leaving_kind,
        hourly_cost,
        contract_hours_per_week,
        effective_on,
        recorded_at,
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
        'seeds/sample/raw_employment_events.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from employment_events
