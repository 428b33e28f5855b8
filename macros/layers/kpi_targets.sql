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
