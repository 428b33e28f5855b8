-- One row per published benchmark, what it is measured on, and span (last month, all months).
with

-- What is published of costs is fully loaded, and the costs of a channel here are not.
benchmarks as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'benchmark' and unit <> 'money'

),

dim_kpi as (

    select * from {{ ref('dim_kpi') }}

),

dim_period as (

    select * from {{ ref('dim_period') }}
    where period = 'month' and date_day = period_start_date

),

monthly_kpis as (

    select
        month_start_date,
        kpi_name,
        cast(null as bigint) as channel_key,
        'The center' as measured_on,
        numerator,
        denominator,
        observation_count
    from {{ ref('kpi_monthly') }}

    union all

    select
        month_start_date,
        kpi_name,
        channel_key,
        channel_name as measured_on,
        numerator,
        denominator,
        observation_count
    from {{ ref('kpi_monthly_by_channel') }}

    union all

    -- The limit of the law is one of each campaign.
    select
        month_start_date,
        kpi_name,
        cast(null as bigint) as channel_key,
        campaign_name as measured_on,
        numerator,
        denominator,
        observation_count
    from {{ ref('kpi_monthly_by_campaign') }}
    where kpi_name = 'outbound_abandonment_rate' and campaign_key >= 0

),

last_month as (

    select max(period_start_date) as month_start_date
    from dim_period
    where is_complete

),

spans as (

    select
        monthly_kpis.*,
        'all_months' as span
    from monthly_kpis

    union all

    select
        monthly_kpis.*,
        'last_month' as span
    from monthly_kpis
    inner join last_month on monthly_kpis.month_start_date = last_month.month_start_date

),

-- The parts of every benchmarked KPI add up over months; a test holds it.
measured_kpis as (

    select
        span,
        kpi_name,
        channel_key,
        measured_on,
        min(month_start_date) as first_month_date,
        max(month_start_date) as last_month_date,
        sum(observation_count) as observation_count,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(numerator) / nullif(sum(denominator), 0) as value
    from spans
    group by span, kpi_name, channel_key, measured_on

),

report_benchmark as (

    select
        benchmarks.kpi_name,
        dim_kpi.label,
        dim_kpi.family,
        benchmarks.unit,
        dim_kpi.direction,
        measured.measured_on,
        measured.span,
        measured.first_month_date,
        measured.last_month_date,
        measured.value,
        measured.numerator,
        measured.denominator,
        cast(measured.observation_count as bigint) as observation_count,
        benchmarks.target_low as benchmark_low,
        benchmarks.target_high as benchmark_high,
        {{ gap_to_target('measured.value', 'benchmarks.target_low', 'benchmarks.target_high') }}
            as gap_to_benchmark,
        case
            when measured.value is null then 'no_value'
            when
                coalesce(measured.value >= benchmarks.target_low, true)
                and coalesce(measured.value <= benchmarks.target_high, true)
                then 'as_good'
            when dim_kpi.direction = 'band' then 'outside'
            when dim_kpi.direction = 'up' and measured.value > benchmarks.target_high
                then 'better'
            when dim_kpi.direction = 'down' and measured.value < benchmarks.target_low
                then 'better'
            else 'worse'
        end as standing,
        benchmarks.evidence_grade,
        benchmarks.source_name,
        benchmarks.reason as note
    from benchmarks
    inner join dim_kpi on benchmarks.kpi_name = dim_kpi.kpi_name
    inner join measured_kpis as measured
        on
            benchmarks.kpi_name = measured.kpi_name
            and coalesce(benchmarks.channel_key, -9) = coalesce(measured.channel_key, -9)

)

select * from report_benchmark
