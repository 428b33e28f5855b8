-- One row per event in the employment of an agent of the sample.
with

employment_events as (

    select * from {{ ref('stg_sample__employment_events') }}
    where row_status = 'used'

),

identified_events as (

    select
        'sample' as source_system,
        'default' as source_instance,
        source_event_id,
        agent_code,
        person_hash,
        event_type,
        team_code,
        case when event_type = 'left' then leaving_kind end as leaving_kind,
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
