-- One row per agent of the files and month of payroll.
with

payroll_months as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__payroll_months') }}
    where row_status = 'used'

),

whole_months as (

    select
        source_system,
        source_instance,
        agent_code,
        cast(date_trunc('month', month_start_date) as date) as month_start_date,
        scheduled_seconds,
        paid_seconds,
        labor_cost,
        currency_code,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from payroll_months

)

select * from whole_months
