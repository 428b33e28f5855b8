-- One row per certified KPI and dimension: whether it may be asked for by it, and why not.
{%- set dimensions = [] %}
{%- for metric in registered_kpis() | sort(attribute='name') %}
    {%- set meta = metric.config.meta %}
    {%- for dimension in [meta.time_column] + meta.dimensions %}
        {%- do dimensions.append((metric.name, dimension, none)) %}
    {%- endfor %}
    {%- for dimension, reason in meta.get('refused', {}).items() %}
        {%- do dimensions.append((metric.name, dimension, reason)) %}
    {%- endfor %}
{%- endfor %}
with

dim_kpi_dimension as (

    select
        registered.kpi_name,
        registered.dimension_name,
        registered.reason is null as is_valid,
        registered.reason
    from (
        values
        {% for kpi_name, dimension, reason in dimensions -%}
            (
                {{ text_literal(kpi_name) }},
                {{ text_literal(dimension) }},
                {{ text_or_null(reason) }}
            ){{ ',' if not loop.last }}
        {% endfor %}
    ) as registered (kpi_name, dimension_name, reason)

)

select * from dim_kpi_dimension
