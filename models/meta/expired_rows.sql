-- One row per entity and source of which rows are left out because they are too old.
with

source_rows as (
    {%- set parts = [] -%}
    {%- for entity, dated in dated_entities().items() if kept_from(dated.kind) -%}
        {%- for source in enabled_sources()
            if entity in var('source_entities')[source] and may_have_landed(source, entity) -%}
            {%- do parts.append([entity, dated.column, kept_from(dated.kind), source]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for entity, column, first_day, source in parts %}
        select
            '{{ source }}' as source_system,
            '{{ entity }}' as entity,
            cast('{{ first_day }}' as date) as kept_from,
            {{ column }} < timestamp '{{ first_day }}' as is_expired
        from {{ ref('int_' ~ source ~ '__' ~ entity) }}
        {% if not loop.last %}union all{% endif %}
    {%- else %}
        select
            cast(null as string) as source_system,
            cast(null as string) as entity,
            cast(null as date) as kept_from,
            false as is_expired
        where false
    {%- endfor %}
),

expired_rows as (

    select
        source_system,
        entity,
        kept_from,
        cast(sum(case when is_expired then 1 else 0 end) as bigint) as expired_row_count
    from source_rows
    group by source_system, entity, kept_from

)

select * from expired_rows
