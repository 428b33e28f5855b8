-- One row per entity and source of which rows are left out because they are too old.
{#
    Rows are counted in the source and, kept, in the conformed entity, those that are expired by the
    rule: the test beside this model finds any row that was lost in between for another reason.
#}
with

counted_rows as (
    {%- set parts = [] -%}
    {%- for entity in var('source_entities').values() | sum(start=[]) | unique | sort
        if retention_conditions(entity) -%}
        {%- for source in enabled_sources()
            if entity in var('source_entities')[source] and may_have_landed(source, entity) -%}
            {%- do parts.append([entity, source]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for entity, source in parts %}
        {%- set delivered = ref('int_' ~ source ~ '__' ~ entity) %}
        select
            '{{ source }}' as source_system,
            '{{ entity }}' as entity,
            count(*) as row_count,
            0 as row_count_by_rule,
            0 as kept_row_count
        from {{ delivered }}
        union all
        select '{{ source }}', '{{ entity }}', 0, count(*), 0
        from {{ delivered }}
        where {{ retention_conditions(entity) | join(' and ') }}
        union all
        select '{{ source }}', '{{ entity }}', 0, 0, count(*)
        from {{ ref('int_' ~ entity) }}
        where source_system = '{{ source }}'
        {% if not loop.last %}union all{% endif %}
    {%- else %}
        select
            cast(null as string) as source_system,
            cast(null as string) as entity,
            0 as row_count,
            0 as row_count_by_rule,
            0 as kept_row_count
        where false
    {%- endfor %}
),

expired_rows as (

    select
        source_system,
        entity,
        cast(sum(row_count) as bigint) as row_count,
        cast(sum(kept_row_count) as bigint) as kept_row_count,
        cast(sum(row_count) - sum(row_count_by_rule) as bigint) as expired_row_count
    from counted_rows
    group by source_system, entity

)

select * from expired_rows
