-- One row per landed row of the sample's payroll months, used or not.
with

raw_payroll_months as (

    select * from {{ ref('raw_payroll_months') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_payroll_months') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_payroll_months

),

typed_rows as (

    select
        agent_id as agent_code,
        upper(currency) as currency_code,
        try_cast(scheduled_hours as decimal(18, 4)) as scheduled_hours,
        try_cast(paid_hours as decimal(18, 4)) as paid_hours,
        try_cast(gross_cost as decimal(18, 4)) as gross_cost,
        try_cast(month || '-01' as date) as month_start_date,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when agent_code is null then 'missing_agent_id'
            when month_start_date is null then 'unusable_month'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by agent_code, month_start_date, quarantine_reason is null and copy_number = 1
            order by source_row
        ) as version_rank
    from judged_rows

),

payroll_months as (

    select
        agent_code,
        currency_code,
        scheduled_hours,
        paid_hours,
        gross_cost,
        month_start_date,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then 'quarantined'
            when version_rank > 1 then 'quarantined'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            when version_rank > 1 then 'conflicting_month'
        end as row_status_reason,
        case
            when copy_number = 1 and (quarantine_reason is not null or version_rank > 1)
                then row_text
        end as raw_values,
        'seeds/sample/raw_payroll_months.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from payroll_months
