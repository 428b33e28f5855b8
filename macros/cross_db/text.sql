{# A value written into SQL: quotes doubled, line breaks and runs of blanks made one blank. #}
{% macro text_literal(value) -%}
    '{{ (value | string).split() | join(" ") | replace("'", "''") }}'
{%- endmacro %}

{# A value written into SQL as it is, such as a path. #}
{% macro exact_text_literal(value) -%}
    '{{ value | string | replace("'", "''") }}'
{%- endmacro %}
