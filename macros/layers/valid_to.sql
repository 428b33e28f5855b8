{# Where the next row of the same keys takes over; of the last one the end of time. #}
{% macro valid_to(keys, type='timestamp') -%}
    coalesce(
        lead(cast(valid_from as {{ type }})) over (
            partition by {{ keys | join(', ') }} order by valid_from
        ),
        cast('9999-12-31' as {{ type }})
    )
{%- endmacro %}
