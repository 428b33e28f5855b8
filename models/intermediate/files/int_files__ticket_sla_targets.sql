-- One row per target that a ticket of the files was given, or lost.
with

ticket_sla_targets as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__ticket_sla_targets') }}
    where row_status = 'used'

),

targets as (

    select
        {{ source_key('ticket', 'ticket_id') }} as ticket_key,
        source_system,
        source_instance,
        measure,
        clock,
        is_business_time,
        target_seconds,
        breached_at,
        applied_at
    from ticket_sla_targets

)

select * from targets
