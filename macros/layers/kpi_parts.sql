{#
    A KPI that is a ratio: its value or one of its parts, so that a report can add parts up.
    An empty denominator gives NULL: nothing happened, which is neither 0 % nor 100 %.
    Observations are how many cases the value rests on: the denominator, unless that is not a
    number of cases.
#}
{% macro kpi_ratio(numerator, denominator, part, observations=none) -%}
    {%- do refuse_other_parts(part) -%}
    {%- if part == 'value' -%}
        cast({{ numerator }} as double) / nullif({{ denominator }}, 0)
    {%- elif part == 'numerator' -%}
        cast({{ numerator }} as double)
    {%- elif part == 'denominator' -%}
        cast({{ denominator }} as double)
    {%- else -%}
        cast({{ denominator if observations is none else observations }} as bigint)
    {%- endif -%}
{%- endmacro %}

{# A KPI that is no ratio: a count, a sum, a maximum or a percentile. It has no denominator. #}
{% macro kpi_amount(amount, part, observations=none) -%}
    {%- do refuse_other_parts(part) -%}
    {%- if part == 'value' -%}
        {{ amount }}
    {%- elif part == 'numerator' -%}
        cast({{ amount }} as double)
    {%- elif part == 'denominator' -%}
        cast(null as double)
    {%- else -%}
        cast({{ amount if observations is none else observations }} as bigint)
    {%- endif -%}
{%- endmacro %}

{#
    A KPI that is the share of a group in all groups of the query, or in those with the same value
    of `within`, an expression that the query groups by too.
#}
{% macro kpi_share(amount, within, part) -%}
    {%- set all_groups = "sum(" ~ amount ~ ") over ("
        ~ ("partition by " ~ within if within is not none else "") ~ ")" -%}
    {{ kpi_ratio(amount, all_groups, part) }}
{%- endmacro %}

{# NULL over rows of several, such as currencies: what they have beside them does not add up. #}
{% macro of_one(v, column, amount) -%}
    case when count(distinct {{ v }}.{{ column }}) = 1 then {{ amount }} end
{%- endmacro %}

{% macro refuse_other_parts(part) -%}
    {%- set parts = ['value', 'numerator', 'denominator', 'observations'] -%}
    {%- if part not in parts -%}
        {{ exceptions.raise_compiler_error(
            "part is '" ~ part ~ "'; it may be "
            ~ parts[:-1] | join(', ') ~ " or " ~ parts[-1] ~ "."
        ) }}
    {%- endif -%}
{%- endmacro %}
