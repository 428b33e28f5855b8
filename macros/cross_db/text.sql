{# A value written into SQL: quotes doubled, line breaks and runs of blanks made one blank. #}
{% macro text_literal(value) -%}
    {{ return(exact_text_literal((value | string).split() | join(" "))) }}
{%- endmacro %}

{# A value written into SQL as it is, such as a path. #}
{% macro exact_text_literal(value) -%}
    {{ return(adapter.dispatch('exact_text_literal')(value)) }}
{%- endmacro %}

{% macro duckdb__exact_text_literal(value) -%}
    '{{ value | string | replace("'", "''") }}'
{%- endmacro %}

{# Spark reads a backslash as the first half of an escape. #}
{% macro spark__exact_text_literal(value) -%}
    '{{ value | string | replace("\\", "\\\\") | replace("'", "\\'") }}'
{%- endmacro %}

{# Whether a regular expression describes the whole of a text. #}
{% macro matches_whole(text, pattern) -%}
    {{ return(adapter.dispatch('matches_whole')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches_whole(text, pattern) -%}
    regexp_full_match({{ text }}, {{ exact_text_literal(pattern) }})
{%- endmacro %}

{% macro spark__matches_whole(text, pattern) -%}
    regexp_like({{ text }}, {{ exact_text_literal('\\A(?:' ~ pattern ~ ')\\z') }})
{%- endmacro %}

{# A text without the first stretch of it that a regular expression describes. #}
{% macro text_without(text, pattern) -%}
    {{ return(adapter.dispatch('text_without')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__text_without(text, pattern) -%}
    regexp_replace({{ text }}, {{ exact_text_literal(pattern) }}, '')
{%- endmacro %}

{# Spark replaces every match, so this one begins with all that stands before the first. #}
{% macro spark__text_without(text, pattern) -%}
    regexp_replace(
        {{ text }}, {{ exact_text_literal('(?s)\\A(.*?)(?:' ~ pattern ~ ')') }}, '$1'
    )
{%- endmacro %}

{# What the parentheses of a regular expression find in a text; NULL where it finds nothing. #}
{% macro text_found(text, pattern) -%}
    {{ return(adapter.dispatch('text_found')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__text_found(text, pattern) -%}
    nullif(regexp_extract({{ text }}, {{ exact_text_literal(pattern) }}, 1), '')
{%- endmacro %}

{% macro spark__text_found(text, pattern) -%}
    nullif(regexp_extract({{ text }}, {{ exact_text_literal(pattern) }}, 1), '')
{%- endmacro %}

{# The text behind the last of some marks; the whole of it where there is none. #}
{% macro last_part(text, mark) -%}
    split_part({{ text }}, {{ exact_text_literal(mark) }}, -1)
{%- endmacro %}

{#
    Whether a text has a part, cut by one of several regular expressions, of which one of the
    `expressions`, which call it `part`, is one of the `values`.
#}
{% macro has_part_in(text, marks, expressions, values) -%}
    {%- set literals = [] -%}
    {%- for value in values -%}
        {%- do literals.append(exact_text_literal(value)) -%}
    {%- endfor -%}
    {{ return(adapter.dispatch('has_part_in')(text, marks, expressions, literals)) }}
{%- endmacro %}

{% macro duckdb__has_part_in(text, marks, expressions, literals) -%}
    coalesce(list_has_any(
        flatten(list_transform(
            flatten([
                {%- for mark in marks %}
                regexp_split_to_array({{ text }}, {{ exact_text_literal(mark) }})
                {{- ',' if not loop.last }}
                {%- endfor %}
            ]),
            lambda part: [{{ expressions | join(', ') }}]
        )),
        [{{ literals | join(', ') }}]
    ), false)
{%- endmacro %}

{% macro spark__has_part_in(text, marks, expressions, literals) -%}
    coalesce(arrays_overlap(
        flatten(transform(
            flatten(array(
                {%- for mark in marks %}
                split({{ text }}, {{ exact_text_literal(mark) }})
                {{- ',' if not loop.last }}
                {%- endfor %}
            )),
            part -> array({{ expressions | join(', ') }})
        )),
        array({{ literals | join(', ') }})
    ), false)
{%- endmacro %}
