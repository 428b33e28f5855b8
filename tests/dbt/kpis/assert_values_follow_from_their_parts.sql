-- A ratio is its numerator over its denominator, in another unit times one factor for all of them;
-- any other KPI is its numerator; NULL exactly where there is nothing to measure.
{% set tables = {
    'kpi_daily': ref('kpi_daily'),
    'kpi_daily_by_channel': ref('kpi_daily_by_channel'),
    'kpi_daily_by_queue': ref('kpi_daily_by_queue'),
    'kpi_daily_by_reason': ref('kpi_daily_by_reason'),
    'kpi_daily_by_team': ref('kpi_daily_by_team'),
    'kpi_daily_by_agent': ref('kpi_daily_by_agent'),
    'kpi_daily_by_campaign': ref('kpi_daily_by_campaign'),
    'kpi_monthly': ref('kpi_monthly'),
    'kpi_monthly_by_channel': ref('kpi_monthly_by_channel'),
    'kpi_monthly_by_team': ref('kpi_monthly_by_team'),
    'kpi_monthly_by_agent': ref('kpi_monthly_by_agent'),
    'kpi_monthly_by_campaign': ref('kpi_monthly_by_campaign'),
    'kpi_monthly_by_currency': ref('kpi_monthly_by_currency'),
    'kpi_interval_by_queue': ref('kpi_interval_by_queue'),
} %}
with

dim_kpi as (

    select * from {{ ref('dim_kpi') }}

),

kpi_values as (

    {% for name, table in tables.items() %}
        select
            '{{ name }}' as kpi_table,
            kpi_name,
            value,
            numerator,
            denominator
        from {{ table }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

compared_values as (

    select
        kpi_values.kpi_table,
        kpi_values.kpi_name,
        dim_kpi.unit,
        dim_kpi.denominator_expression <> 'cast(null as double)' as is_ratio,
        kpi_values.value,
        case
            when is_ratio then kpi_values.numerator / nullif(kpi_values.denominator, 0)
            else kpi_values.numerator
        end as expected_value
    from kpi_values
    inner join dim_kpi on kpi_values.kpi_name = dim_kpi.kpi_name

),

kpis as (

    select
        kpi_table,
        kpi_name,
        unit,
        is_ratio,
        count_if((value is null) <> (expected_value is null)) as null_mismatch_count,
        min(value / expected_value) filter (where expected_value <> 0) as lowest_factor,
        max(value / expected_value) filter (where expected_value <> 0) as highest_factor,
        count_if(expected_value = 0 and value <> 0) as not_zero_count
    from compared_values
    group by all

)

select * from kpis
where
    null_mismatch_count > 0
    or not_zero_count > 0
    or highest_factor - lowest_factor > 1e-9 * abs(highest_factor)
    or ((unit = 'ratio' or not is_ratio) and abs(lowest_factor - 1) > 1e-9)
