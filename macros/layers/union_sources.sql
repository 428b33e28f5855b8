{#
    Rows of one conformed entity from every enabled source that delivers it. The columns are those
    of the model's contract, so a source may list its own in any order. Without a delivering
    source the entity is empty, and typed all the same. Here rows that are older than the variable
    retention_months allows are left out, and customers who are forgotten lose their key.
#}
{% macro union_sources(entity) -%}
    {%- set delivering = [] -%}
    {%- for source in enabled_sources()
        if entity in var('source_entities')[source] and may_have_landed(source, entity) -%}
        {%- do delivering.append(source) -%}
    {%- endfor -%}
    {%- set conditions = retention_conditions(entity) -%}
    {%- if entity == 'customers' and forgotten_customers() -%}
        {%- do conditions.append('not ' ~ is_pseudonym('customer_hash')) -%}
    {%- endif -%}
    {%- for source in delivering %}
    select
        {%- for column in model.columns.values() %}
        {{ on_the_common_clock(column, source) }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_' ~ source ~ '__' ~ entity) }}
    {% if conditions %}where {{ conditions | join(' and ') }}{% endif %}
    {% if not loop.last %}union all{% endif %}
    {%- else %}
    select
        {%- for column in model.columns.values() %}
        cast(null as {{ column_type(column.data_type) }}) as {{ column.name }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    where false
    {%- endfor %}
{%- endmacro %}

{# A column of a source, times put right by how far its clock is ahead (variable clock_offsets). #}
{% macro on_the_common_clock(column, source) -%}
    {%- set offsets = var('clock_offsets') | selectattr('source', 'equalto', source)
        | sort(attribute='valid_from', reverse=true) | list -%}
    {%- if offsets and column.name.endswith('_at') -%}
        case
            {%- for offset in offsets %}
            when
                source_instance = {{ exact_text_literal(offset.get('instance', 'default')) }}
                and {{ column.name }} >= timestamp {{ exact_text_literal(offset.valid_from) }}
                then {{ seconds_after(column.name, 0 - offset.seconds) }}
            {%- endfor %}
            else {{ column.name }}
        end as {{ column.name }}
    {%- elif column.name in ('customer_key', 'identity_confidence') and forgotten_customers() -%}
        {#- Sources tell a forgotten customer's contacts apart; from here on nobody does. -#}
        case
            when {{ is_pseudonym('customer_hash') }}
                then {{ -2 if column.name == 'customer_key' else "'anonymous'" }}
            else {{ column.name }}
        end as {{ column.name }}
    {%- else -%}
        {{ column.name }}
    {%- endif -%}
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
