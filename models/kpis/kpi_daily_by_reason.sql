-- One row per date, contact reason and KPI.
{{ config(pre_hook="{{ forget_kpis('day', 'reason') }}") }}
{{ kpi_table('day', by='reason') }}
