-- One row per date, queue, channel and KPI.
{{ config(pre_hook="{{ forget_kpis('day', 'queue') }}") }}
{{ kpi_table('day', by='queue') }}
