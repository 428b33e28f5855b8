-- One row per month, campaign and KPI.
{{ config(pre_hook="{{ forget_kpis('month', 'campaign') }}") }}
{{ kpi_table('month', by='campaign') }}
