-- One row per month, currency and channel, and one for what is allocated to no channel.
with

cost_months as (

    select * from {{ ref('fact_cost_months') }}

),

cost_contact_months as (

    select * from {{ ref('fact_cost_contact_months') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

amounts as (

    select
        month_start_date,
        currency_code,
        channel_key,
        sum(amount) as total_amount,
        sum(case when share_type = 'work' then amount else 0 end) as work_amount,
        sum(case when share_type = 'idle' then amount else 0 end) as idle_amount,
        sum(
            case
                when share_type = 'overhead' and account_code <> 'unknown' then amount
                else 0
            end
        ) as overhead_amount,
        sum(case when account_code = 'unknown' then amount else 0 end) as unknown_account_amount,
        sum(case when share_type = 'no_records' then amount else 0 end) as no_records_amount,
        bool_and(is_complete) as is_allocation_complete
    from cost_months
    group by month_start_date, currency_code, channel_key

),

channel_kpis as (

    select
        v.month_start_date,
        v.currency_code,
        v.channel_key,
        max(v.contact_basis) as contact_basis,
        sum(v.contact_count) as contact_count,
        sum(v.resolved_known_count) as resolved_known_count,
        sum(v.resolved_count) as resolved_count,
        {{ cost_per_contact('v') }} as work_cost_per_contact,
        {{ cost_per_resolution('v') }} as work_cost_per_resolution
    from cost_contact_months as v
    group by v.month_start_date, v.currency_code, v.channel_key

),

-- Idle time and overhead are nobody's alone: only a month as a whole is fully loaded.
month_kpis as (

    select
        v.month_start_date,
        v.currency_code,
        {{ cost_per_contact('v') }} as cost_per_contact,
        {{ cost_per_resolution('v') }} as cost_per_resolution
    from cost_contact_months as v
    group by v.month_start_date, v.currency_code

),

-- A channel may have contacts and no costs, or costs of a month whose contacts are not known whole.
channel_months as (

    select
        month_start_date,
        currency_code,
        channel_key
    from amounts

    union

    select
        month_start_date,
        currency_code,
        channel_key
    from channel_kpis

),

report_cost as (

    select
        channel_months.month_start_date,
        channel_months.currency_code,
        channel_months.channel_key,
        case
            when channel_months.channel_key = -1 then 'No channel'
            else dim_channel.channel_name
        end as channel_name,
        cast(coalesce(amounts.total_amount, 0) as decimal(18, 4)) as total_amount,
        cast(coalesce(amounts.work_amount, 0) as decimal(18, 4)) as work_amount,
        cast(coalesce(amounts.idle_amount, 0) as decimal(18, 4)) as idle_amount,
        cast(coalesce(amounts.overhead_amount, 0) as decimal(18, 4)) as overhead_amount,
        cast(coalesce(amounts.unknown_account_amount, 0) as decimal(18, 4))
            as unknown_account_amount,
        cast(coalesce(amounts.no_records_amount, 0) as decimal(18, 4)) as no_records_amount,
        cast(amounts.total_amount as double)
        / nullif(
            sum(amounts.total_amount) over (
                partition by channel_months.month_start_date, channel_months.currency_code
            ),
            0
        ) as amount_share,
        cast(channel_kpis.contact_count as bigint) as contact_count,
        cast(channel_kpis.resolved_known_count as bigint) as resolved_known_count,
        cast(channel_kpis.resolved_count as bigint) as resolved_count,
        channel_kpis.contact_basis,
        channel_kpis.work_cost_per_contact,
        channel_kpis.work_cost_per_resolution,
        month_kpis.cost_per_contact as month_cost_per_contact,
        month_kpis.cost_per_resolution as month_cost_per_resolution,
        coalesce(amounts.is_allocation_complete, true) as is_allocation_complete
    from channel_months
    inner join dim_channel on channel_months.channel_key = dim_channel.channel_key
    left join amounts
        on
            channel_months.month_start_date = amounts.month_start_date
            and channel_months.currency_code = amounts.currency_code
            and channel_months.channel_key = amounts.channel_key
    left join channel_kpis
        on
            channel_months.month_start_date = channel_kpis.month_start_date
            and channel_months.currency_code = channel_kpis.currency_code
            and channel_months.channel_key = channel_kpis.channel_key
    left join month_kpis
        on
            channel_months.month_start_date = month_kpis.month_start_date
            and channel_months.currency_code = month_kpis.currency_code

)

select * from report_cost
