{#
    On Spark every fact is written anew, as tables are: dbt-spark replaces one of Delta or Iceberg
    in one step, where its own way of incremental models drops what is no Delta first.
#}
{% materialization incremental, adapter='spark' -%}
    {{ return(dbt.materialization_table_spark()) }}
{%- endmaterialization %}
