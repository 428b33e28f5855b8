-- One row per date, agent version and KPI.
{{ config(pre_hook="{{ forget_kpis('day', 'agent') }}") }}
{{ kpi_table('day', by='agent') }}
