-- One row per month and KPI, for the whole center.
{{ config(pre_hook="{{ forget_kpis('month', 'center') }}") }}
{{ kpi_table('month') }}
