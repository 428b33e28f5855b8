-- One row per limit that KPIs judge contacts by and span of time in which it holds.
with

kpi_limits as (

    select * from {{ ref('kpi_limits') }}

),

int_kpi_limits as (

    select
        limit_code,
        limit_seconds,
        cast(valid_from as timestamp) as valid_from,
        {{ valid_to(['limit_code']) }} as valid_to
    from kpi_limits

)

select * from int_kpi_limits
