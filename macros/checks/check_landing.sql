{% macro check_landing() %}{% endmacro %}
