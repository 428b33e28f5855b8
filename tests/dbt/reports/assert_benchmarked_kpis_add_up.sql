-- Both parts of a KPI that is compared with a benchmark are sums, so that months add up.
with

benchmarked_kpis as (

    select
        dim_kpi.kpi_name,
        dim_kpi.numerator_expression || dim_kpi.denominator_expression as parts
    from {{ ref('dim_kpi') }} as dim_kpi
    inner join {{ ref('dim_kpi_target') }} as dim_kpi_target
        on dim_kpi.kpi_name = dim_kpi_target.kpi_name
    where dim_kpi_target.target_kind = 'benchmark' and dim_kpi.unit <> 'money'

)

select kpi_name
from benchmarked_kpis
where
    parts like '%cast(null%'
    or parts like '%percentile_cont%'
    or parts like '%quantile_cont%'
    or parts like '%max(%'
    or parts like '% over %'
    or parts like '%distinct%'
    or parts like '%list_sum%'
    or parts like '%/ nullif%'
