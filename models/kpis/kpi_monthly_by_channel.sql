-- One row per month, channel and KPI.
{{ config(pre_hook="{{ forget_kpis('month', 'channel') }}") }}
{{ kpi_table('month', by='channel') }}
