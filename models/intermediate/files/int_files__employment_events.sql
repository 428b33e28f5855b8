-- One row per event in the employment of an agent of the files.
with

employment_events as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__employment_events') }}
    where row_status = 'used'

),

identified_events as (

    select
        source_system,
        source_instance,
        event_id as source_event_id,
        agent_code,
        person_hash,
        event_type,
        team_code,
        leaving_kind,
        hourly_cost,
        currency_code,
        contract_hours_per_week,
        effective_on,
        recorded_at,
        source_file,
        source_row,
        loaded_at
    from employment_events

)

select * from identified_events
