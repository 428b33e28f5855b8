{#
    Rows of one conformed entity from every enabled source that delivers it. The columns are those
    of the model's contract, so a source may list its own in any order. Without a delivering
    source the entity is empty, and typed all the same.
#}
{% macro union_sources(entity) -%}
    {%- set relations = [] -%}
    {%- for source in enabled_sources() -%}
        {%- if entity in var('source_entities')[source] -%}
            {%- do relations.append(ref('int_' ~ source ~ '__' ~ entity)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for relation in relations %}
    select {{ model.columns.keys() | join(', ') }} from {{ relation }}
    {% if not loop.last %}union all{% endif %}
    {%- else %}
    select
        {%- for column in model.columns.values() %}
        cast(null as {{ column.data_type }}) as {{ column.name }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
    {%- endfor %}
{%- endmacro %}

{#
    Rows of models of one source that together are one entity. The columns are those that the
    model's own yml describes, so each part may list its own in any order.
#}
{% macro union_models(names) -%}
    {%- for name in names %}
    select {{ model.columns.keys() | join(', ') }} from {{ ref(name) }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro %}
