{# The value of a variable as text in SQL, quoted. #}
{% macro text_of(name) -%}
    {{ return(exact_text_literal(var(name))) }}
{%- endmacro %}

{# The value of a variable as a number in SQL, or a stop that says that it is none. #}
{% macro number_of(name) -%}
    {%- if var(name) is not number or var(name) is boolean -%}
        {{ exceptions.raise_compiler_error(
            "The variable `" ~ name ~ "` must be a number; it is '" ~ var(name) ~ "'."
        ) }}
    {%- endif -%}
    {{ return(var(name)) }}
{%- endmacro %}
