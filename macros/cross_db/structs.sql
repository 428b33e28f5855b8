{# A list of dicts, from field name to SQL expression, as an array of structs. #}
{% macro array_of_structs(structs) -%}
    {{ return(adapter.dispatch('array_of_structs')(structs)) }}
{%- endmacro %}

{% macro duckdb__array_of_structs(structs) -%}
    [
    {%- for struct in structs %}
        {
        {%- for field, expression in struct.items() -%}
            '{{ field }}': {{ expression }}{{ ', ' if not loop.last }}
        {%- endfor -%}
        }{{ ',' if not loop.last }}
    {%- endfor %}
    ]
{%- endmacro %}

{% macro spark__array_of_structs(structs) -%}
    array(
    {%- for struct in structs %}
        named_struct(
        {%- for field, expression in struct.items() -%}
            '{{ field }}', {{ expression }}{{ ', ' if not loop.last }}
        {%- endfor -%}
        ){{ ',' if not loop.last }}
    {%- endfor %}
    )
{%- endmacro %}

{% macro each_struct(structs) -%}
    {{ return(adapter.dispatch('each_struct')(structs)) }}
{%- endmacro %}

{% macro duckdb__each_struct(structs) -%}
    unnest({{ structs }}, recursive := true)
{%- endmacro %}

{% macro spark__each_struct(structs) -%}
    inline({{ structs }})
{%- endmacro %}

{# Spans of time of a group that fulfill a condition, as an array; an aggregate, NULL of none. #}
{% macro list_of_spans(started_at, ended_at, condition) -%}
    {{ return(adapter.dispatch('list_of_spans')(started_at, ended_at, condition)) }}
{%- endmacro %}

{% macro duckdb__list_of_spans(started_at, ended_at, condition) -%}
    list(struct_pack(started_at := {{ started_at }}, ended_at := {{ ended_at }}))
    filter (where {{ condition }})
{%- endmacro %}

{% macro spark__list_of_spans(started_at, ended_at, condition) -%}
    case
        when count_if({{ condition }}) > 0
            then collect_list(
                named_struct('started_at', {{ started_at }}, 'ended_at', {{ ended_at }})
            ) filter (where {{ condition }})
    end
{%- endmacro %}

{% macro seconds_of_spans_until(spans, at) -%}
    {{ return(adapter.dispatch('seconds_of_spans_until')(spans, at)) }}
{%- endmacro %}

{% macro duckdb__seconds_of_spans_until(spans, at) -%}
    coalesce(
        list_sum([
            {{ seconds_between('time_span.started_at', 'least(time_span.ended_at, ' ~ at ~ ')') }}
            for time_span in {{ spans }}
            if time_span.started_at < {{ at }}
        ]),
        0
    )
{%- endmacro %}

{% macro spark__seconds_of_spans_until(spans, at) -%}
    coalesce(
        aggregate(
            filter({{ spans }}, time_span -> time_span.started_at < {{ at }}),
            cast(0 as decimal(38, 3)),
            (seconds, time_span) -> cast(
                seconds + {{ seconds_between(
                    'time_span.started_at', 'least(time_span.ended_at, ' ~ at ~ ')'
                ) }} as decimal(38, 3)
            )
        ),
        0
    )
{%- endmacro %}

{% macro is_in_spans(at, spans) -%}
    {{ return(adapter.dispatch('is_in_spans')(at, spans)) }}
{%- endmacro %}

{% macro duckdb__is_in_spans(at, spans) -%}
    coalesce(
        len([
            time_span
            for time_span in {{ spans }}
            if time_span.started_at <= {{ at }} and {{ at }} < time_span.ended_at
        ]) > 0,
        false
    )
{%- endmacro %}

{% macro spark__is_in_spans(at, spans) -%}
    coalesce(
        exists(
            {{ spans }},
            time_span -> time_span.started_at <= {{ at }} and {{ at }} < time_span.ended_at
        ),
        false
    )
{%- endmacro %}

{# What stands beside a text in a list of pairs of values; NULL where it is not in it. #}
{% macro looked_up(text, pairs) -%}
    {{ return(adapter.dispatch('looked_up')(text, pairs)) }}
{%- endmacro %}

{% macro duckdb__looked_up(text, pairs) -%}
    map {
    {%- for key, value in pairs -%}
        {{ exact_text_literal(key) }}: {{ exact_text_literal(value) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
    }[{{ text }}]
{%- endmacro %}

{% macro spark__looked_up(text, pairs) -%}
    map(
    {%- for key, value in pairs -%}
        {{ exact_text_literal(key) }}, {{ exact_text_literal(value) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
    )[{{ text }}]
{%- endmacro %}
