-- One row per date, channel and KPI.
{{ config(pre_hook="{{ forget_kpis('day', 'channel') }}") }}
{{ kpi_table('day', by='channel') }}
