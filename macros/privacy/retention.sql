{#
    What retention takes out, entity by entity: `kind`, a key of the variable `retention_months`,
    and the column of the entity's own time. What belongs to a contact, ticket, survey or evaluation
    goes with it: see belongings_of.
#}
{% macro dated_entities() -%}
    {{ return({
        'contacts': {'kind': 'contacts', 'column': 'started_at'},
        'blocked_attempts': {'kind': 'contacts', 'column': 'attempted_at'},
        'outbound_attempts': {'kind': 'contacts', 'column': 'dialed_at'},
        'agent_state_events': {'kind': 'agent_activity', 'column': 'event_at'},
        'schedule_activities': {'kind': 'agent_activity', 'column': 'starts_at'},
        'absences': {'kind': 'agent_activity', 'column': 'starts_at'},
        'survey_invitations': {'kind': 'surveys', 'column': 'sent_at'},
    }) }}
{%- endmacro %}

{#
    The UTC date from which rows of a kind are kept, as text; none where they are kept for good. It
    is the first of a month: so many months before the one of the variable retention_as_of, or of
    the build.
#}
{% macro kept_from(kind) -%}
    {%- set months = var('retention_months').get(kind) -%}
    {%- if months is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- if months is not integer or months is boolean or months < 1 -%}
        {{ exceptions.raise_compiler_error(
            "The variable `retention_months` must have for " ~ kind
            ~ " a number of months from 1 on, or null; it has '" ~ months ~ "'."
        ) }}
    {%- endif -%}
    {%- set as_of = modules.datetime.date.fromisoformat(var('retention_as_of') | string)
        if var('retention_as_of') else run_started_at.date() -%}
    {%- set month = as_of.year * 12 + as_of.month - 1 - months -%}
    {{ return('%04d-%02d-01' | format(month // 12, month % 12 + 1)) }}
{%- endmacro %}

{# What an entity belongs to, which goes with that: a dict from column to conformed model. #}
{% macro belongings_of(entity) -%}
    {%- set owners = {
        'queue_visits': ['contact_key'],
        'agent_legs': ['contact_key'],
        'self_service_sessions': ['contact_key'],
        'outbound_attempts': ['contact_key', 'callback_contact_key'],
        'tickets': ['contact_key'],
        'ticket_status_changes': ['ticket_key'],
        'ticket_calendars': ['ticket_key'],
        'ticket_sla_targets': ['ticket_key'],
        'contact_messages': ['contact_key', 'ticket_key'],
        'survey_invitations': ['contact_key', 'ticket_key'],
        'survey_answers': ['survey_key'],
        'contact_assessments': ['contact_key'],
        'contact_dispositions': ['contact_key'],
        'evaluations': ['contact_key'],
        'evaluation_items': ['evaluation_key'],
    } -%}
    {%- set models = {
        'contact_key': 'int_contacts', 'callback_contact_key': 'int_contacts',
        'ticket_key': 'int_tickets', 'survey_key': 'int_survey_invitations',
        'evaluation_key': 'int_evaluations',
    } -%}
    {%- set kept = {} -%}
    {%- for column in owners.get(entity, [])
        if kept_from('contacts') or (column == 'survey_key' and kept_from('surveys')) -%}
        {%- do kept.update({column: models[column]}) -%}
    {%- endfor -%}
    {{ return(kept) }}
{%- endmacro %}

{# Conditions on rows of a source's entity that retention keeps; none where it keeps all. #}
{% macro retention_conditions(entity) -%}
    {%- set conditions = [] -%}
    {%- set dated = dated_entities().get(entity) -%}
    {%- if dated and kept_from(dated.kind) -%}
        {%- do conditions.append(dated.column ~ " >= timestamp '" ~ kept_from(dated.kind) ~ "'") -%}
    {%- endif -%}
    {%- for column, owner in belongings_of(entity).items() -%}
        {%- do conditions.append(
            '(' ~ column ~ ' is null or ' ~ column ~ ' in (select kept.'
            ~ column | replace('callback_', '') ~ ' from ' ~ ref(owner) ~ ' as kept))'
        ) -%}
    {%- endfor -%}
    {{ return(conditions) }}
{%- endmacro %}

{#
    Names of the landed files of the table of a staging model that were last written before the
    period of the kind quarantine. What cannot be used often has no time of its own to go by.
#}
{% macro files_past_quarantine() -%}
    {%- set names = [] -%}
    {%- set source = model.fqn[2] -%}
    {%- if execute and kept_from('quarantine') and var('landed_tables')[source] is mapping -%}
        {%- set date = modules.datetime.date -%}
        {%- set days = (date.fromisoformat(kept_from('quarantine')) - date(1970, 1, 1)).days -%}
        {%- for file in landing_of(source).files
            if file.table == model.name.split('__')[1]
            and file.signature.split(', ') | last | int < days * 86400 * 10 ** 9 -%}
            {%- do names.append(file.name) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(names) }}
{%- endmacro %}
