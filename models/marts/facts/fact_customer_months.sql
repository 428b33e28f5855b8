-- One row per segment, market and month in which a source's directory knows who left.
with

customers as (

    select
        source_system,
        source_instance,
        coalesce(segment, 'unknown') as segment,
        coalesce(market, 'unknown') as market,
        cast(date_trunc('month', customer_since) as date) as joined_month,
        cast(date_trunc('month', churned_on) as date) as churned_month
    from {{ ref('int_customers') }}
    where customer_since is not null

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

dim_date as (

    select * from {{ ref('dim_date') }}

),

-- Before the first one who is known to have left, nobody knows who did.
known_spans as (

    select
        customers.source_system,
        customers.source_instance,
        min(customers.churned_month) as first_month,
        max({{ reporting_date('source_horizons.last_event_at') }}) as last_date
    from customers
    inner join source_horizons
        on
            customers.source_system = source_horizons.source_system
            and customers.source_instance = source_horizons.source_instance
    group by customers.source_system, customers.source_instance

),

months as (

    select
        known_spans.source_system,
        known_spans.source_instance,
        dim_date.date_day as month_start_date,
        known_spans.first_month,
        dim_date.date_day + interval '1' month <= known_spans.last_date + interval '1' day
            as is_complete
    from known_spans
    inner join dim_date
        on
            known_spans.first_month <= dim_date.date_day
            and known_spans.last_date >= dim_date.date_day
            and dim_date.date_day = dim_date.month_start_date

),

groups_of_customers as (

    select distinct
        source_system,
        source_instance,
        segment,
        market
    from customers

),

-- Who joined or left before the first month stands in the month before it, as an opening balance.
changes as (

    select
        customers.source_system,
        customers.source_instance,
        customers.segment,
        customers.market,
        case
            when customers.joined_month >= known_spans.first_month then customers.joined_month
        end as change_month,
        1 as joined_count,
        0 as churned_count,
        0 as passing_count
    from customers
    inner join known_spans
        on
            customers.source_system = known_spans.source_system
            and customers.source_instance = known_spans.source_instance

    union all

    select
        source_system,
        source_instance,
        segment,
        market,
        churned_month as change_month,
        0 as joined_count,
        1 as churned_count,
        -- Who joined and left within one month was not there at its start.
        case when joined_month = churned_month then 1 else 0 end as passing_count
    from customers
    where churned_month is not null

),

changes_per_month as (

    select
        source_system,
        source_instance,
        segment,
        market,
        change_month,
        sum(joined_count) as joined_count,
        sum(churned_count) as churned_count,
        sum(passing_count) as passing_count
    from changes
    group by source_system, source_instance, segment, market, change_month

),

monthly_changes as (

    select
        groups_of_customers.source_system,
        groups_of_customers.source_instance,
        groups_of_customers.segment,
        groups_of_customers.market,
        months.month_start_date,
        months.is_complete,
        coalesce(opening.joined_count, 0) as opening_count,
        coalesce(changes_per_month.joined_count, 0) as joined_count,
        coalesce(changes_per_month.churned_count, 0) as churned_count,
        coalesce(changes_per_month.passing_count, 0) as passing_count
    from groups_of_customers
    inner join months
        on
            groups_of_customers.source_system = months.source_system
            and groups_of_customers.source_instance = months.source_instance
    left join changes_per_month
        on
            groups_of_customers.source_system = changes_per_month.source_system
            and groups_of_customers.source_instance = changes_per_month.source_instance
            and groups_of_customers.segment = changes_per_month.segment
            and groups_of_customers.market = changes_per_month.market
            and months.month_start_date = changes_per_month.change_month
    left join changes_per_month as opening
        on
            groups_of_customers.source_system = opening.source_system
            and groups_of_customers.source_instance = opening.source_instance
            and groups_of_customers.segment = opening.segment
            and groups_of_customers.market = opening.market
            and opening.change_month is null

),

monthly_balances as (

    select
        *,
        opening_count + sum(joined_count - churned_count) over (
            partition by source_system, source_instance, segment, market
            order by month_start_date
            rows between unbounded preceding and current row
        ) as close_count
    from monthly_changes

),

fact_customer_months as (

    select
        source_system,
        source_instance,
        segment,
        market,
        cast(month_start_date as date) as month_start_date,
        cast(close_count - joined_count + churned_count as int) as open_count,
        cast(joined_count as int) as joined_count,
        cast(churned_count as int) as churned_count,
        cast(close_count as int) as close_count,
        -- Of a month that is not over nobody knows yet how many will have left.
        cast(
            case when is_complete then close_count - joined_count + churned_count else 0 end as int
        ) as closed_open_count,
        cast(case when is_complete then churned_count - passing_count else 0 end as int)
            as closed_churned_count,
        is_complete
    from monthly_balances

)

select * from fact_customer_months
