{# Of sip:user@host and tel:number;parameters user and number; any other address as it is. #}
{% macro genesys_address(identifier) -%}
    split_part(
        case
            when {{ identifier }} like 'sip%'
                then split_part(split_part({{ identifier }}, ':', 2), '@', 1)
            when {{ identifier }} like 'tel:%' then split_part({{ identifier }}, ':', 2)
            else {{ identifier }}
        end,
        ';',
        1
    )
{%- endmacro %}

{# The participants of conversations, in whose sessions forgotten customers have no address left. #}
{% macro participants_without_forgotten(participants) -%}
    {%- if forgotten_customers() -%}
        {{ return(adapter.dispatch('participants_without_forgotten')(participants)) }}
    {%- endif -%}
    {{ return(participants) }}
{%- endmacro %}

{# Only DuckDB reads landed files. #}
{% macro default__participants_without_forgotten(participants) -%}
    {{ participants }}
{%- endmacro %}

{% macro duckdb__participants_without_forgotten(participants) -%}
    list_transform({{ participants }}, lambda participant: struct_update(
        participant,
        "externalContactId" := {{ unless_forgotten(
            'participant."externalContactId"',
            salted_hash("'external contact ' || participant.\"externalContactId\"")
        ) }},
        sessions := list_transform(participant.sessions, lambda session: struct_update(
            session,
            {%- for name in ['ani', 'dnis', 'addressFrom', 'addressTo', 'addressOther'] %}
                {%- set address = 'session."' ~ name ~ '"' %}
            "{{ name }}" := {{ unless_forgotten(
                address, address_hash(genesys_address('lower(' ~ address ~ ')'))
            ) }},
            {%- endfor %}
            "callbackNumbers" := list_transform(
                session."callbackNumbers",
                lambda number: {{ unless_forgotten(
                    'number', address_hash(genesys_address('lower(number)'))
                ) }}
            )
        ))
    ))
{%- endmacro %}
