{# A value written into SQL: quotes doubled, line breaks and runs of blanks made one blank. #}
{% macro text_literal(value) -%}
    '{{ (value | string).split() | join(" ") | replace("'", "''") }}'
{%- endmacro %}
