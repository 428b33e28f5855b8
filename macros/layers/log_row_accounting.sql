{# Says at the end of a run what became of the landed rows, when the run has counted them. #}
{% macro log_row_accounting(results) -%}
    {%- set counted = results | selectattr('node.name', 'equalto', 'row_accounting')
        | selectattr('status', 'equalto', 'success') | list -%}
    {%- if execute and counted -%}
        {%- set accounting = run_query('select * from ' ~ counted[0].node.relation_name) -%}
        {%- set empty = {} -%}
        {%- for row in accounting.rows if not row.rows_in -%}
            {%- do empty.setdefault(row.source_system, []).append(row.table_name) -%}
        {%- endfor -%}
        {%- for row in accounting.rows if row.rows_in -%}
            {%- do log(
                row.source_system ~ ' ' ~ row.table_name ~ ': ' ~ row.rows_in ~ ' rows in, '
                ~ row.rows_used ~ ' used, ' ~ row.rows_quarantined ~ ' quarantined, '
                ~ row.rows_dropped ~ ' dropped by rule, ' ~ row.rows_duplicate
                ~ ' exact duplicates',
                info=true
            ) -%}
        {%- endfor -%}
        {%- for source, tables in empty.items() -%}
            {%- do log(source ~ ': 0 rows in ' ~ tables | join(', '), info=true) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
