-- One row per date, team and KPI.
{{ config(pre_hook="{{ forget_kpis('day', 'team') }}") }}
{{ kpi_table('day', by='team') }}
