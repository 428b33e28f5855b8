{# A value written into SQL: quotes doubled, line breaks and runs of blanks made one blank. #}
{% macro text_literal(value) -%}
    '{{ (value | string).split() | join(" ") | replace("'", "''") }}'
{%- endmacro %}

{# A value written into SQL as it is, such as a path. #}
{% macro exact_text_literal(value) -%}
    '{{ value | string | replace("'", "''") }}'
{%- endmacro %}

{# Whether a regular expression describes the whole of a text. #}
{% macro matches_whole(text, pattern) -%}
    {{ return(adapter.dispatch('matches_whole')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches_whole(text, pattern) -%}
    regexp_full_match({{ text }}, {{ exact_text_literal(pattern) }})
{%- endmacro %}
