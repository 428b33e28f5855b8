{#
    A telephone number as a salted hash; NULL where it holds no digit, which is how withheld numbers
    are written (anonymous, s).
#}
{% macro asterisk_number_hash(number) -%}
    case
        when translate({{ number }}, '0123456789', '') <> {{ number }}
            then {{ address_hash(number) }}
    end
{%- endmacro %}

{# PJSIP/8001-0000002a and Local/8001@from-queue-00000003;1 are calls of PJSIP/8001, Local/8001. #}
{% macro asterisk_interface(channel) -%}
    {{ text_without(
        text_without(channel, '(-[0-9a-fA-F]+|-[0-9]+-[0-9]+)?(;[12])?$'), '@.*$'
    ) }}
{%- endmacro %}

{#
    What an interface is known by, whatever the channel driver: SIP/8001, PJSIP/8001 and
    Local/8001@from-queue/n are 8001. Names of members and agents of the agent pool stay whole.
#}
{% macro asterisk_device(interface) -%}
    case
        when {{ interface }} like 'Agent/%' then {{ interface }}
        else coalesce({{ text_found(interface, '^[A-Za-z0-9]+/([^@/]+)') }}, {{ interface }})
    end
{%- endmacro %}

{#
    The name that a setting gives to another one: the first entry that holds for the instance and
    the time. An entry is a dict of `from` and `to`, and if need be `instance`, `valid_from` and
    `valid_to` (UTC, not inside).
#}
{% macro asterisk_known_as(name, setting, at) -%}
    {%- set entries = var(setting) -%}
    {%- if entries -%}
    case
        {%- for entry in entries %}
        when
            {{ name }} = {{ exact_text_literal(entry['from']) }}
            {%- if entry.get('instance') %}
            and source_instance = {{ exact_text_literal(entry['instance']) }}
            {%- endif %}
            {%- if entry.get('valid_from') %}
            and {{ at }} >= timestamp {{ exact_text_literal(entry['valid_from']) }}
            {%- endif %}
            {%- if entry.get('valid_to') %}
            and {{ at }} < timestamp {{ exact_text_literal(entry['valid_to']) }}
            {%- endif %}
            then {{ exact_text_literal(entry['to']) }}
        {%- endfor %}
        else {{ name }}
    end
    {%- else -%}
    {{ name }}
    {%- endif -%}
{%- endmacro %}

{# The time zone of an instance, by a setting of instance and zone; UTC where none is given. #}
{% macro asterisk_time_zone(setting) -%}
    {%- set zones = var(setting) -%}
    case
        {%- for instance, zone in zones.items() %}
        when source_instance = {{ exact_text_literal(instance) }}
            then {{ exact_text_literal(zone) }}
        {%- endfor %}
        when true then 'UTC'
    end
{%- endmacro %}

{#
    Hash of the caller and values of an event, as columns. ENTERQUEUE names the caller in two of its
    values: they go no further.
#}
{% macro asterisk_event_data() -%}
    case when event = 'ENTERQUEUE' then {{ asterisk_number_hash('data2') }} end as caller_hash,
    {% for number in range(1, 6) -%}
    {% if number in (1, 2, 4) -%}
    case when event <> 'ENTERQUEUE' then data{{ number }} end as data{{ number }},
    {% else -%}
    data{{ number }},
    {% endif -%}
    {% endfor -%}
{%- endmacro %}
