-- One row per month, agent version and KPI.
{{ config(pre_hook="{{ forget_kpis('month', 'agent') }}") }}
{{ kpi_table('month', by='agent') }}
