-- One row per site, month and currency of pay.
with

payroll_months as (

    select * from {{ ref('int_payroll_months') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

-- The site is that of the team in which the agent ended the month.
payroll_by_site as (

    select
        payroll_months.*,
        dim_agent.person_key,
        coalesce(dim_agent.site_name, 'Unknown') as site_name
    from payroll_months
    left join dim_agent
        on
            payroll_months.source_system = dim_agent.source_system
            and payroll_months.source_instance = dim_agent.source_instance
            and payroll_months.agent_code = dim_agent.agent_code
            and dim_agent.valid_from < payroll_months.month_start_date + interval '1' month
            and dim_agent.valid_to >= payroll_months.month_start_date + interval '1' month

),

sites as (

    select
        source_system,
        source_instance,
        site_name,
        currency_code,
        month_start_date,
        cast(count(distinct person_key) as int) as paid_person_count,
        cast(sum(scheduled_seconds) as decimal(18, 3)) as scheduled_seconds,
        cast(sum(paid_seconds) as decimal(18, 3)) as paid_seconds,
        cast(sum(labor_cost) as decimal(18, 4)) as labor_cost
    from payroll_by_site
    group by source_system, source_instance, site_name, currency_code, month_start_date

),

-- The pay of a few would tell the pay of each.
fact_labor_months as (

    select
        source_system,
        source_instance,
        site_name,
        currency_code,
        paid_person_count,
        scheduled_seconds,
        paid_seconds,
        case when paid_person_count >= {{ number_of('small_group_size') }} then labor_cost end
            as labor_cost,
        month_start_date
    from sites

)

select * from fact_labor_months
