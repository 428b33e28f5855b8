{# What is shown of a team is shown of a department too. #}
{% macro kpis_of_teams() -%}
    {{ return([
        'contacts_handled', 'contacts_per_agent_hour', 'average_first_response_time',
        'average_handle_time', 'average_talk_time', 'average_after_contact_work_time',
        'transfer_rate', 'first_contact_resolution_survey', 'customer_satisfaction',
        'net_promoter_score', 'quality_score', 'occupancy_rate', 'schedule_adherence',
        'schedule_conformance', 'shrinkage_rate', 'absenteeism_rate', 'agent_turnover_rate',
        'employee_satisfaction',
    ]) }}
{%- endmacro %}

{# Those of them that are judged by a target. #}
{% macro judged_kpis_of_teams() -%}
    {{ return([
        'customer_satisfaction', 'net_promoter_score', 'quality_score', 'occupancy_rate',
        'schedule_adherence', 'schedule_conformance', 'shrinkage_rate', 'absenteeism_rate',
        'employee_satisfaction',
    ]) }}
{%- endmacro %}

{# Components that are shown beside them, see columns_of_kpis. #}
{% macro parts_of_kpis_of_teams() -%}
    {{ return({
        'handle_known_count': ['average_handle_time', 'denominator', 'bigint'],
        'handle_seconds': ['average_handle_time', 'numerator', 'decimal(18, 3)'],
        'busy_seconds': ['occupancy_rate', 'numerator', 'decimal(18, 3)'],
        'busy_and_available_seconds': ['occupancy_rate', 'denominator', 'decimal(18, 3)'],
        'scheduled_seconds': ['schedule_adherence', 'denominator', 'decimal(18, 3)'],
        'satisfaction_answered_count': ['customer_satisfaction', 'denominator', 'bigint'],
        'evaluation_count': ['quality_score', 'observation_count', 'bigint'],
    }) }}
{%- endmacro %}
