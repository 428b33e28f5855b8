{#
    Slices of what agents did. Once there is a green build, only the time around new events and legs
    is worked out again, agent by agent, between moments at which nothing of the agent goes on
    (int_agent_slices). In a full build these macros give nothing: the same SQL reads everything.
#}

{% macro takes_agent_slices() -%}
    {{ return(execute and not should_full_refresh()) }}
{%- endmacro %}

{# A table that says what to work out again. A unit test has none, and takes no slice. #}
{% macro slice_table(name) -%}
    {{ return(none if model.resource_type == 'unit_test' else ref(name)) }}
{%- endmacro %}

{#
    For the from clause of an input: the join that leaves in what lies in a slice of its agent, or
    reaches into one. The agent is known by `key`, person_key or agent_id.
#}
{% macro within_agent_slices(
    agent, from_at, to_at=none, key='person_key', slices='int_agent_slices'
) -%}
    {%- set agent_slices = slice_table(slices) -%}
    {%- if takes_agent_slices() -%}
        inner join {{ agent_slices }} as agent_slices
            on
                {{ agent }} = agent_slices.{{ key }}
                and {{ to_at or from_at }} >= agent_slices.from_at
                and {{ from_at }} < agent_slices.to_at
                {{ since_agent_slices(to_at or from_at, slices=slices) }}
    {%- endif -%}
{%- endmacro %}

{# For the select of rows with an end, joined so: what lasts for days may reach into two slices. #}
{% macro once_in_slices() -%}
    {{- 'distinct' if takes_agent_slices() -}}
{%- endmacro %}

{# A further condition, as a literal: it lets the engine leave out most of a table unread. #}
{% macro since_agent_slices(at, days=0, slices='int_agent_slices') -%}
    {%- set agent_slices = slice_table(slices) -%}
    {%- if takes_agent_slices() -%}
        {%- set since_at = run_query(
            "select min(from_at) - interval '" ~ days ~ "' day from " ~ agent_slices
        ).rows[0][0] -%}
        {{ ' ' }}and {{ at }} >= timestamp '{{ since_at or "9999-12-31 00:00:00" }}'
    {%- endif -%}
{%- endmacro %}

{# The pre-hook: what began in a slice goes. #}
{% macro forget_agent_slices(started_at, key='person_key') -%}
    {%- set slices = slice_table('int_agent_slices') -%}
    {%- if is_incremental() -%}
        delete from {{ this }} as known using {{ slices }} as slices
        where
            known.{{ key }} = slices.{{ key }}
            and known.{{ started_at }} >= slices.from_at
            and known.{{ started_at }} < slices.to_at
            {{ since_agent_slices('known.' ~ started_at) }};
    {%- endif -%}
{%- endmacro %}

{#
    The hook before the states of agents: what was noted of their slices goes. Between builds the
    book quiet_moments knows when a state began after none; there a slice may begin or end, unless
    it goes on counting from a session before it.
#}
{% macro forget_agent_states() -%}
    {%- set slices = slice_table('int_agent_slices') -%}
    {%- if is_incremental() -%}
        {{ forget_agent_slices('started_at', key='agent_id') }}
        delete from {{ book('quiet_moments') }} as known using {{ slices }} as slices
        where
            known.person_key = slices.person_key
            and known.quiet_at >= slices.from_at
            and known.quiet_at < slices.to_at;
    {%- endif -%}
{%- endmacro %}

{# The hook after the states of agents. #}
{% macro note_quiet_moments() -%}
    {%- set sessions = slice_table('int_agent_sessions') -%}
    {%- set persons = slice_table('int_agent_persons') -%}
    {%- set slices = slice_table('int_agent_slices') -%}
    {%- if sliced_sources() -%}
        {%- if not is_incremental() -%}
        delete from {{ book('quiet_moments') }};
        {%- endif %}
        insert into {{ book('quiet_moments') }}
        select
            agent_persons.person_key,
            agent_states.started_at as quiet_at
        from {{ this }} as agent_states
        inner join {{ persons }} as agent_persons
            on
                agent_states.source_system = agent_persons.source_system
                and agent_states.source_instance = agent_persons.source_instance
                and agent_states.agent_id = {{ agent_id('agent_persons') }}
        {% if is_incremental() -%}
        inner join {{ slices }} as agent_slices
            on
                agent_persons.person_key = agent_slices.person_key
                and agent_states.started_at >= agent_slices.from_at
                and agent_states.started_at < agent_slices.to_at
                {{ since_agent_slices('agent_states.started_at') }}
        {%- endif %}
        left join
            (select * from {{ sessions }} where is_continuation) as continuations
            on
                agent_persons.person_key = continuations.person_key
                and continuations.started_at >= agent_states.started_at
                and continuations.started_at
                <= agent_states.started_at
                + interval '{{ number_of("session_silence_hours") }}' hour
        where
            agent_states.previous_state = 'offline'
            and continuations.person_key is null;
    {%- endif -%}
{%- endmacro %}

{# The id of an agent, as in dim_agent. #}
{% macro agent_id(relation) -%}
    concat_ws(
        ':', {{ relation }}.source_system, {{ relation }}.source_instance, {{ relation }}.agent_code
    )
{%- endmacro %}

{# Moments at which nothing of an agent went on when the last build had worked out the states. #}
{% macro quiet_moments() -%}
    {%- if takes_agent_slices() -%}
        {{ book('quiet_moments') }}
    {%- else -%}
        (
            select
                cast(null as bigint) as person_key,
                cast(null as timestamp) as quiet_at
            where false
        )
    {%- endif -%}
{%- endmacro %}

{#
    Planned activities between the ends of the time in which plans count and counted in the last
    green build; all of them where it is known since then, or no more, what agents did.
#}
{% macro plans_with_other_horizons() -%}
    {%- set schedule_activities = slice_table('int_schedule_activities') -%}
    {%- set plan_horizons = slice_table('int_plan_horizons') -%}
    {%- if takes_agent_slices() -%}
        (
            select schedule_activities.*
            from {{ schedule_activities }} as schedule_activities
            left join {{ plan_horizons }} as now
                on
                    schedule_activities.source_system = now.source_system
                    and schedule_activities.source_instance = now.source_instance
            left join {{ book('green_plan_horizons') }} as green
                on
                    schedule_activities.source_system = green.source_system
                    and schedule_activities.source_instance = green.source_instance
            where
                now.is_work_known is distinct from green.is_work_known
                or now.are_states_known is distinct from green.are_states_known
                or (
                    schedule_activities.ends_at
                    > least(now.counts_from_at, green.counts_from_at)
                    and schedule_activities.starts_at
                    < greatest(now.counts_from_at, green.counts_from_at)
                    and now.counts_from_at <> green.counts_from_at
                )
                or (
                    schedule_activities.ends_at > least(now.counts_to_at, green.counts_to_at)
                    and schedule_activities.starts_at
                    < greatest(now.counts_to_at, green.counts_to_at)
                    and now.counts_to_at <> green.counts_to_at
                )
        )
    {%- else -%}
        (
            select
                cast(null as {{ dbt.type_string() }}) as source_system,
                cast(null as {{ dbt.type_string() }}) as source_instance,
                cast(null as {{ dbt.type_string() }}) as agent_code,
                cast(null as timestamp) as starts_at,
                cast(null as timestamp) as ends_at
            where false
        )
    {%- endif -%}
{%- endmacro %}

{# Agents of sources that are read whole each time are worked out whole, and so who is gone. #}
{% macro and_agents_of_whole_sources() -%}
    {%- set names = whole_sources() -%}
    {%- if names and takes_agent_slices() %}
    union all

    select
        {{ source_key('agent', 'agents.agent_code', 'agents.source_system') }} as person_key,
        {{ agent_id('agents') }} as agent_id,
        timestamp '1900-01-01 00:00:00' as from_at,
        timestamp '9999-12-31 00:00:00' as to_at
    from (
        select source_system, source_instance, agent_code from agent_persons
        union
        select source_system, source_instance, agent_code from {{ book('green_dim_agent') }}
    ) as agents
    where agents.source_system in ('{{ names | join("', '") }}')
    {%- endif -%}
{%- endmacro %}

{# Intervals are added up again by agent and date. #}
{% macro on_dates_of_agent_slices(agent_id, interval_date, interval_start_at) -%}
    {%- set slices = slice_table('int_agent_interval_slices') -%}
    {%- if takes_agent_slices() -%}
        inner join {{ slices }} as agent_slices
            on {{ is_on_dates_of_agent_slices(agent_id, interval_date, interval_start_at) }}
    {%- endif -%}
{%- endmacro %}

{% macro is_on_dates_of_agent_slices(agent_id, interval_date, interval_start_at) -%}
    {{ agent_id }} = agent_slices.agent_id
    and {{ interval_date }} >= agent_slices.from_date
    and {{ interval_date }} <= agent_slices.to_date
    {{ since_agent_slices(interval_start_at, slices='int_agent_interval_slices') }}
{%- endmacro %}

{% macro forget_agent_intervals() -%}
    {%- set slices = slice_table('int_agent_interval_slices') -%}
    {%- if is_incremental() -%}
        {{ note_agent_intervals() }}
        delete from {{ this }} as known using {{ slices }} as agent_slices
        where {{ is_on_dates_of_agent_slices(
            'known.agent_id', 'known.interval_date', 'known.interval_start_at'
        ) }};
    {%- endif -%}
{%- endmacro %}

{# By the date and by the business date, which a shift's plan may say is another. #}
{% macro note_agent_intervals() -%}
    {%- set slices = slice_table('int_agent_interval_slices') -%}
    {%- if is_incremental() -%}
        insert into {{ book('touched_dates') }}
        with

        dates_of_rows as (

            select distinct
                known.interval_date,
                known.business_date
            from {{ this }} as known
            {{ on_dates_of_agent_slices(
                'known.agent_id', 'known.interval_date', 'known.interval_start_at'
            ) }}

        )

        {% for column in ['interval_date', 'business_date'] -%}
        select
            '{{ this.identifier }}' as relation,
            {{ column }} as touched_date,
            {{ build_started_at() }} as noted_at
        from dates_of_rows
        {{ 'union' if not loop.last }}
        {% endfor %};
    {%- endif -%}
{%- endmacro %}

{#
    Legs whose row in fact_agent_legs changes: those of touched contacts, as they were and as they
    are, and legs that share their agent's time with one of those. They are looked for once: a
    condition on either of two keys would read both of all legs, in each of the hooks.
#}
{% macro forget_touched_legs() -%}
    {%- set touched_contacts = slice_table('int_touched_contacts') -%}
    {%- set slices = slice_table('int_agent_slices') -%}
    {%- if is_slice() -%}
        create or replace table {{ book('touched_legs') }} as
        select leg_key from {{ this }}
        where {{ is_touched_contact(touched_contacts) }}
        union
        select leg_key from {{ ref('int_agent_legs') }}
        where
            connected_at >= {{ since_touched_legs(touched_contacts, slices) }}
            and {{ is_touched_contact(touched_contacts) }}
        union
        select split_seconds.leg_key
        from {{ ref('int_engagement_split_seconds') }} as split_seconds
        {{ within_agent_slices('split_seconds.person_key', 'split_seconds.started_at') }}
        where split_seconds.leg_key is not null;
        {{ note_touched_legs() }}
        delete from {{ this }} where {{ is_touched_leg() }};
    {%- endif -%}
{%- endmacro %}

{# The where clause of an input of fact_agent_legs. #}
{% macro of_touched_legs() -%}
    {%- set touched_contacts = slice_table('int_touched_contacts') -%}
    {%- set slices = slice_table('int_agent_slices') -%}
    {%- if is_slice() -%}
        where
            (
                connected_at >= {{ since_touched_legs(touched_contacts, slices) }}
                and leg_key in (select leg_key from {{ book('touched_legs') }})
            )
            {{ or_of_whole_sources() }}
    {%- endif -%}
{%- endmacro %}

{# No such leg is from before this time. #}
{% macro since_touched_legs(touched_contacts, slices) -%}
    timestamp '{{ run_query(
        "select least((select min(since_at) from " ~ touched_contacts ~ "), "
        ~ "(select min(from_at) from " ~ slices ~ "))"
    ).rows[0][0] or "9999-12-31 00:00:00" }}'
{%- endmacro %}

{% macro is_touched_leg() -%}
    leg_key in (select leg_key from {{ book('touched_legs') }}) {{ or_of_whole_sources() }}
{%- endmacro %}

{# The post-hook, and a part of the pre-hook. #}
{% macro note_touched_legs() -%}
    {%- if is_slice() -%}
        {{ note_dates('connected_date', is_touched_leg()) }}
        {{ note_dates('offered_date', is_touched_leg()) }}
    {%- endif -%}
{%- endmacro %}
