{% macro each_number(from_number, to_number) -%}
    {{ return(adapter.dispatch('each_number')(from_number, to_number)) }}
{%- endmacro %}

{% macro duckdb__each_number(from_number, to_number) -%}
    cast(unnest(generate_series({{ from_number }}, {{ to_number }})) as int)
{%- endmacro %}

{% macro spark__each_number(from_number, to_number) -%}
    {{ exploded_sequence(from_number, to_number, 'int', 1) }}
{%- endmacro %}

{% macro erlang_b(load, servers) -%}
    {{ return(adapter.dispatch('erlang_b')(load, servers)) }}
{%- endmacro %}

{#
    By recursion from one server to the next: B(0) = 1, B(n) = load B(n-1) / (n + load B(n-1)).
    Every value is a probability, so nothing can overflow, whatever the load.
#}
{% macro duckdb__erlang_b(load, servers) -%}
    list_reduce(
        range(1, {{ servers }} + 1)::double[],
        lambda blocking, n: {{ load }} * blocking / (n + {{ load }} * blocking),
        1.0::double
    )
{%- endmacro %}

{# A sequence from 1 to 0 counts down, hence the case without servers. #}
{% macro spark__erlang_b(load, servers) -%}
    case
        when {{ servers }} >= 1
            then aggregate(
                sequence(1, {{ servers }}),
                cast(1 as double),
                (blocking, n) ->
                    {{ load }} * blocking / (cast(n as double) + {{ load }} * blocking)
            )
        else cast(1 as double)
    end
{%- endmacro %}

{# Share of contacts that wait; everybody does where the agents cannot keep up. #}
{% macro erlang_c(load, agents) -%}
    case
        when {{ agents }} > {{ load }}
            then {{ agents }} * {{ erlang_b(load, agents) }}
                / ({{ agents }} - {{ load }} * (1 - {{ erlang_b(load, agents) }}))
        when {{ load }} > 0 then 1.0
    end
{%- endmacro %}

{% macro erlang_c_service_level(waiting_share, load, agents, handle_seconds, threshold_seconds) -%}
    case
        when {{ load }} = 0 then null
        when {{ agents }} > {{ load }}
            then 1 - {{ waiting_share }}
                * exp(-({{ agents }} - {{ load }}) * {{ threshold_seconds }} / {{ handle_seconds }})
        when {{ load }} > 0 then 0.0
    end
{%- endmacro %}

{% macro erlang_c_speed_of_answer(waiting_share, load, agents, handle_seconds) -%}
    case
        when {{ load }} > 0 and {{ agents }} > {{ load }}
            then {{ waiting_share }} * {{ handle_seconds }} / ({{ agents }} - {{ load }})
    end
{%- endmacro %}
