{#
    The fields of a line of delimited text, those in quotes still in them; NULL where quotes are not
    where they belong.
#}
{% macro delimited_fields(line, delimiter) -%}
    {{ return(adapter.dispatch('delimited_fields')(line, delimiter)) }}
{%- endmacro %}

{#
    A field is in quotes, with each quote inside doubled, or begins with none. Whatever the pattern
    does not find is missing when the fields are joined again.
#}
{% macro duckdb__delimited_fields(line, delimiter) -%}
    {%- set mark = exact_text_literal(delimiter) -%}
    {%- set found -%}
        regexp_extract_all(
            {{ mark }} || {{ line }},
            '[' || {{ mark }} || ']'
            || '("(?:[^"]|"")*"|[^"' || {{ mark }} || '][^' || {{ mark }} || ']*|)',
            1
        )
    {%- endset -%}
    case
        when not contains({{ line }}, '"') then {{ split_fields(line, delimiter) }}
        when array_to_string({{ found }}, {{ mark }}) = {{ line }} then {{ found }}
    end
{%- endmacro %}

{% macro spark__delimited_fields(line, delimiter) -%}
    {%- set mark = exact_text_literal(delimiter) -%}
    {%- set found -%}
        regexp_extract_all(
            concat({{ mark }}, {{ line }}),
            concat(
                '[', {{ mark }}, ']("(?:[^"]|"")*"|[^"', {{ mark }}, '][^', {{ mark }}, ']*|)'
            ),
            1
        )
    {%- endset -%}
    case
        when not contains({{ line }}, '"') then {{ split_fields(line, delimiter) }}
        when array_join({{ found }}, {{ mark }}) = {{ line }} then {{ found }}
    end
{%- endmacro %}

{# The fields of a line of delimited text that knows no quotes. #}
{% macro split_fields(line, delimiter) -%}
    {{ return(adapter.dispatch('split_fields')(line, delimiter)) }}
{%- endmacro %}

{% macro duckdb__split_fields(line, delimiter) -%}
    string_split({{ line }}, {{ exact_text_literal(delimiter) }})
{%- endmacro %}

{# The delimiter is quoted, since Spark splits by a regular expression. #}
{% macro spark__split_fields(line, delimiter) -%}
    split({{ line }}, {{ exact_text_literal('\\Q' ~ delimiter ~ '\\E') }})
{%- endmacro %}

{# One of those fields by its place from 0, without quotes and blanks around it; NULL when empty. #}
{% macro field_text(fields, place, has_quotes=false) -%}
    {{ return(adapter.dispatch('field_text')(fields, place, has_quotes)) }}
{%- endmacro %}

{% macro duckdb__field_text(fields, place, has_quotes) -%}
    {%- set field = fields ~ '[' ~ (place + 1) ~ ']' -%}
    {%- if has_quotes -%}
        nullif(trim(
            case
                when starts_with({{ field }}, '"') then replace({{ field }}[2:-2], '""', '"')
                else {{ field }}
            end
        ), '')
    {%- else -%}
        nullif(trim({{ field }}), '')
    {%- endif -%}
{%- endmacro %}

{% macro spark__field_text(fields, place, has_quotes) -%}
    {%- set field = 'get(' ~ fields ~ ', ' ~ place ~ ')' -%}
    {%- if has_quotes -%}
        nullif(trim(
            case
                when startswith({{ field }}, '"')
                    then replace(substr({{ field }}, 2, length({{ field }}) - 2), '""', '"')
                else {{ field }}
            end
        ), '')
    {%- else -%}
        nullif(trim({{ field }}), '')
    {%- endif -%}
{%- endmacro %}

{% macro list_size(values) -%}
    {{ return(adapter.dispatch('list_size')(values)) }}
{%- endmacro %}

{% macro duckdb__list_size(values) -%}
    len({{ values }})
{%- endmacro %}

{% macro spark__list_size(values) -%}
    array_size({{ values }})
{%- endmacro %}

{# Texts of a group in an order, with a mark between them: an aggregate. #}
{% macro joined_texts(text, mark, order) -%}
    {{ return(adapter.dispatch('joined_texts')(text, mark, order)) }}
{%- endmacro %}

{% macro duckdb__joined_texts(text, mark, order) -%}
    string_agg({{ text }}, {{ mark }} order by {{ order }})
{%- endmacro %}

{% macro spark__joined_texts(text, mark, order) -%}
    listagg({{ text }}, {{ mark }}) within group (order by {{ order }})
{%- endmacro %}
