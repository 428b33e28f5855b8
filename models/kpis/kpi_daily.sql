-- One row per date and KPI, for the whole center.
{{ config(pre_hook="{{ forget_kpis('day', 'center') }}") }}
{{ kpi_table('day') }}
