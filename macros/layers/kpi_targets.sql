{#
    Value less the bound that it is judged by: negative below a lower one, positive above an upper
    one. Rounded, as 0.85 less 0.8 is not 0.05 in binary.
#}
{% macro gap_to_target(value, low, high) -%}
    case
        when {{ value }} < {{ low }} or {{ high }} is null then round({{ value }} - {{ low }}, 9)
        when {{ value }} > {{ high }} or {{ low }} is null then round({{ value }} - {{ high }}, 9)
        -- Within a band there is no gap.
        when {{ value }} is not null then 0
    end
{%- endmacro %}

{# The bounds themselves are within. #}
{% macro target_status(value, low, high) -%}
    case
        when {{ value }} is null then 'no_value'
        when {{ low }} is null and {{ high }} is null then 'no_target'
        when {{ value }} < {{ low }} then 'below'
        when {{ value }} > {{ high }} then 'above'
        else 'met'
    end
{%- endmacro %}

{#
    The rows of a CTE, each with the key of its own target in force on the date of `date_column`. Of
    the scopes that have one the narrowest holds. Reads the CTE own_targets, of dim_kpi_target.
#}
{% macro with_own_target(relation, date_column, by) -%}
    {%- set scopes = {
        'channel': [['channel_key'], []],
        'queue': [['queue_key', 'channel_key'], ['queue_key'], ['channel_key'], []],
        'reason': [['contact_reason_key'], []],
        'reason and channel': [
            ['contact_reason_key', 'channel_key'], ['contact_reason_key'], ['channel_key'], [],
        ],
    }.get(by, [[]]) -%}
    select
        {{ relation }}.*,
        coalesce({% for scope in scopes %}target_{{ loop.index }}.kpi_target_key, {% endfor %}null)
            as kpi_target_key
    from {{ relation }}
    {% for scope in scopes -%}
    {% set target = 'target_' ~ loop.index -%}
    left join own_targets as {{ target }}
        on
            {{ relation }}.kpi_name = {{ target }}.kpi_name
            {% for key in ['queue_key', 'channel_key', 'contact_reason_key'] -%}
            {% if key in scope -%}
            and {{ relation }}.{{ key }} = {{ target }}.{{ key }}
            {% else -%}
            and {{ target }}.{{ key }} is null
            {% endif -%}
            {% endfor -%}
            and cast({{ relation }}.{{ date_column }} as date) >= {{ target }}.valid_from
            and cast({{ relation }}.{{ date_column }} as date) < {{ target }}.valid_to
    {% endfor %}
{%- endmacro %}
