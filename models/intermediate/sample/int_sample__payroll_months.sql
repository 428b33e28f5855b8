-- One row per agent and month of the sample's payroll.
with

payroll_months as (

    select * from {{ ref('stg_sample__payroll_months') }}
    where row_status = 'used'

),

identified_months as (

    select
        'sample' as source_system,
        'default' as source_instance,
        agent_code,
        month_start_date,
        cast(scheduled_hours * 3600 as decimal(18, 3)) as scheduled_seconds,
        cast(paid_hours * 3600 as decimal(18, 3)) as paid_seconds,
        gross_cost as labor_cost,
        currency_code,
        case when paid_hours is null then 'unreadable_paid_hours' end as dq_flag,
        source_file,
        source_row,
        loaded_at
    from payroll_months

)

select * from identified_months
