-- One row per date, campaign and KPI.
{{ config(pre_hook="{{ forget_kpis('day', 'campaign') }}") }}
{{ kpi_table('day', by='campaign') }}
