{#
    Which marts give the KPIs of a table: `by` what, dated by `date`, and `at` an instant where
    quarter hours are known. `where` tells the rows that count there, `columns` the names that
    differ from those of the table, `is_of_one_scope` that the rows are of the table's members
    whatever names they carry.

    Everything of a queue, a channel or the center stands at the offer and leaves out contacts that
    we called; everything of an agent or a team stands at the connection.
#}
{% macro kpi_sources(period, by) -%}
    {%- set of_days = [
        {
            'relation': 'fact_queue_visits', 'date': 'offered_date', 'at': 'offered_at',
            'by': ['center', 'channel', 'queue', 'reason'],
        },
        {
            'relation': 'fact_queue_intervals', 'date': 'offered_date', 'at': 'interval_start_at',
            'by': ['center', 'channel', 'queue'],
        },
        {
            'relation': 'fact_busy_hours', 'date': 'offered_date',
            'where': "v.scope = '" ~ by ~ "'", 'is_of_one_scope': true,
            'by': ['center', 'channel', 'queue'],
        },
        {
            'relation': 'fact_agent_legs', 'date': 'offered_date',
            'where': "v.direction = 'inbound'",
            'by': ['center', 'channel', 'queue'],
        },
        {
            'relation': 'fact_agent_legs', 'date': 'connected_date',
            'by': ['team', 'agent'],
        },
        {
            'relation': 'fact_contacts', 'date': 'started_date',
            'by': ['center', 'channel', 'reason'],
        },
        {
            'relation': 'fact_contacts', 'date': 'started_date',
            'columns': {'agent_key': 'handling_agent_key', 'agent_name': 'handling_agent_name'},
            'by': ['agent'],
        },
        {
            'relation': 'fact_self_service_sessions', 'date': 'started_date',
            'by': ['center', 'channel', 'reason'],
        },
        {
            'relation': 'fact_responses', 'date': 'asked_date',
            'by': ['center', 'channel', 'queue', 'team', 'agent'],
        },
        {
            'relation': 'fact_tickets', 'date': 'created_date',
            'by': ['center', 'channel', 'queue', 'reason'],
        },
        {
            'relation': 'fact_backlog_days', 'date': 'backlog_date',
            'by': ['center', 'channel', 'queue'],
        },
        {
            'relation': 'fact_survey_responses', 'date': 'contact_date',
            'by': ['center', 'channel', 'queue', 'reason', 'team', 'agent'],
        },
        {
            'relation': 'fact_evaluations', 'date': 'contact_date',
            'by': ['center', 'channel', 'team', 'agent'],
        },
        {
            'relation': 'fact_agent_intervals', 'date': 'interval_date',
            'by': ['center', 'team', 'agent'],
        },
        {
            'relation': 'fact_schedule_intervals', 'date': 'business_date',
            'by': ['center', 'team', 'agent'],
        },
        {
            'relation': 'fact_outbound_attempts', 'date': 'dialed_date',
            'by': ['center', 'campaign', 'team', 'agent'],
        },
    ] -%}
    {#- What is known by the month has no days. -#}
    {%- set of_months = [
        {
            'relation': 'fact_agent_months', 'date': 'month_start_date',
            'by': ['center', 'team', 'agent'],
        },
        {
            'relation': 'fact_agent_productivity_months', 'date': 'month_start_date',
            'by': ['center', 'team', 'agent'],
        },
        {
            'relation': 'fact_cost_contact_months', 'date': 'month_start_date',
            'by': ['center', 'channel', 'currency'],
        },
        {
            'relation': 'fact_customer_months', 'date': 'month_start_date',
            'by': ['center'],
        },
        {
            'relation': 'fact_employee_survey_responses', 'date': 'wave_date',
            'by': ['center', 'team'],
        },
    ] -%}
    {%- set sources = [] -%}
    {%- for source in of_days + (of_months if period == 'month' else [])
        if by in source.by and (period != 'interval' or 'at' in source) -%}
        {%- do sources.append(source) -%}
    {%- endfor -%}
    {{ return(sources) }}
{%- endmacro %}
