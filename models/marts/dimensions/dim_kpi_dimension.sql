-- One row per certified KPI and dimension: whether it may be asked for by it, and why not.
{%- set dimensions = [] %}
{%- if execute %}
    {%- for metric in graph.metrics.values() if metric.config.meta.get('kpi') %}
        {%- set meta = metric.config.meta %}
        {%- for dimension in [meta.time_column] + meta.dimensions %}
            {%- do dimensions.append((metric.name, dimension, none)) %}
        {%- endfor %}
        {%- for dimension, reason in meta.get('refused', {}).items() %}
            {%- do dimensions.append((metric.name, dimension, reason)) %}
        {%- endfor %}
    {%- endfor %}
{%- endif %}
with

dim_kpi_dimension as (
    {% for kpi_name, dimension, reason in dimensions %}
        select
            {{ text_literal(kpi_name) }} as kpi_name,
            {{ text_literal(dimension) }} as dimension_name,
            {{ 'true' if reason is none else 'false' }} as is_valid,
            {{ text_or_null(reason) }} as reason
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select * from dim_kpi_dimension
