{#
    Which mart gives the KPIs of a table, and by what. `date` is the date that a value belongs to, `at`
    the instant where quarter hours are known, `columns` the names that differ from the table's own.
    Everything of a queue, a channel or the center stands at the offer, everything of an agent or a
    team at the connection.
#}
{% macro kpi_sources(period, by) -%}
    {%- set at_the_offer = [
        {'relation': 'fact_queue_visits', 'date': 'offered_date', 'at': 'offered_at',
            'by': ['center', 'channel', 'queue', 'reason']},
        {'relation': 'fact_queue_intervals', 'date': 'offered_date', 'at': 'interval_start_at',
            'by': ['center', 'channel', 'queue']},
        {'relation': 'fact_busy_hours', 'date': 'offered_date', 'is_of_one_scope': true,
            'where': "v.scope = '" ~ by ~ "'", 'by': ['center', 'channel', 'queue']},
        {'relation': 'fact_agent_legs', 'date': 'offered_date', 'at': 'offered_at',
            'where': "v.direction = 'inbound' and v.offered_at is not null"
                if period == 'interval' else "v.direction = 'inbound'",
            'by': ['center', 'channel', 'queue']},
        {'relation': 'fact_contacts', 'date': 'started_date', 'by': ['center', 'channel', 'reason']},
        {'relation': 'fact_self_service_sessions', 'date': 'started_date', 'by': ['center', 'channel']},
        {'relation': 'fact_outbound_attempts', 'date': 'dialed_date', 'by': ['center']},
    ] -%}
    {%- set of_agents = [
        {'relation': 'fact_agent_legs', 'date': 'connected_date', 'by': ['team', 'agent']},
        {'relation': 'fact_agent_intervals', 'date': 'interval_date', 'by': ['center', 'team', 'agent']},
        {'relation': 'fact_contacts', 'date': 'started_date',
            'columns': {'agent_key': 'handling_agent_key', 'agent_name': 'handling_agent_name'},
            'by': ['agent']},
        {'relation': 'fact_outbound_attempts', 'date': 'dialed_date', 'by': ['team', 'agent']},
    ] -%}
    {%- set sources = [] -%}
    {%- for source in at_the_offer + of_agents
        if by in source.by and (period != 'interval' or 'at' in source) -%}
        {%- do sources.append(source) -%}
    {%- endfor -%}
    {{ return(sources) }}
{%- endmacro %}
