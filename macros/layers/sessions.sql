{# A log-in, a state while logged out, or a state after too long a silence starts a session. #}
{% macro starts_session(previous_state, previous_at, state, at) -%}
    coalesce(
        {{ state }} = 'login'
        or (
            {{ state }} <> 'offline'
            and (
                {{ previous_state }} is null
                or {{ previous_state }} = 'offline'
                or {{ at }} > {{ previous_at }}
                + interval '{{ number_of("session_silence_hours") }}' hour
            )
        ),
        false
    )
{%- endmacro %}

{# The states a source can report for an agent who is logged in, by priority. #}
{% macro event_states() -%}
    {{ return([
        'on_contact', 'after_contact_work', 'ringing', 'not_responding', 'available', 'auxiliary'
    ]) }}
{%- endmacro %}
