-- One row per month, team and KPI.
{{ config(pre_hook="{{ forget_kpis('month', 'team') }}") }}
{{ kpi_table('month', by='team') }}
