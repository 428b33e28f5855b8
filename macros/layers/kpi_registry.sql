{# What the registry, the config.meta of the metrics, says of a KPI, put into words. #}

{# Family of a KPI: the name of the registry file it stands in, and of its file in macros/kpis. #}
{% macro kpi_family(metric) -%}
    {{ return(metric.original_file_path.replace('\\', '/').split('/')[-1].split('.')[0]) }}
{%- endmacro %}

{# How vendors' screens differ, one after the other: 'Avaya: How. Cisco: How.' #}
{% macro kpi_divergence(meta) -%}
    {%- set vendors = [] -%}
    {%- for vendor, difference in meta.vendors.items() -%}
        {%- do vendors.append(vendor ~ ': ' ~ difference) -%}
    {%- endfor -%}
    {{ return(vendors | join(' ')) }}
{%- endmacro %}

{# Until when a KPI that goes is still there, and what to ask instead. #}
{% macro kpi_deprecation(meta) -%}
    {%- set deprecated = meta.get('deprecated') -%}
    {{ return(
        ' Goes after ' ~ deprecated.until ~ ': ask for ' ~ deprecated.instead ~ '.'
        if deprecated else ''
    ) }}
{%- endmacro %}

{% macro text_or_null(value) -%}
    {%- if value -%}
        {{ text_literal(value) }}
    {%- else -%}
        cast(null as string)
    {%- endif -%}
{%- endmacro %}
