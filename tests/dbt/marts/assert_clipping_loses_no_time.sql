-- Seconds of states, legs and dialing in vain sum to the same millisecond, whole or clipped to
-- quarter hours.
{% set states = event_states() %}
with

from_intervals as (

    select
        agent_id,
        {% for state in states -%}
            coalesce(sum({{ state }}_seconds), 0) as {{ state }}_seconds,
        {% endfor -%}
        coalesce(sum(break_seconds), 0) as break_seconds,
        sum(contact_seconds) as contact_seconds,
        sum(handled_count) as handled_count
    from {{ ref('fact_agent_intervals') }}
    group by agent_id

),

whole_states as (

    select
        agent_id,
        {% for state in states -%}
            sum(case when state = '{{ state }}' then state_seconds else 0 end)
                as {{ state }}_seconds,
        {% endfor -%}
        sum(case when standard_reason in ('break', 'lunch') then state_seconds else 0 end)
            as break_seconds
    from {{ ref('fact_agent_states') }}
    group by agent_id

),

whole_legs as (

    select
        agent_id,
        sum(
            case
                when ended_at > connected_at
                    then
                        {{ seconds_between('connected_at', 'ended_at') }}
                        + coalesce(dial_seconds, 0)
                when ended_at is not null then coalesce(dial_seconds, 0)
                else 0
            end
        ) as contact_seconds,
        sum(handled_count) as handled_count
    from {{ ref('fact_agent_legs') }}
    where agent_key >= 0 and leg_type in ('customer', 'conference', 'consult')
    group by agent_id

),

whole_dialing_in_vain as (

    select
        agent_id,
        sum(dial_seconds) as dial_seconds
    from {{ ref('fact_outbound_attempts') }}
    where agent_key >= 0 and agent_connected_at is null
    group by agent_id

),

compared as (

    select
        from_intervals.*,
        {% for state in states -%}
            coalesce(whole_states.{{ state }}_seconds, 0) as whole_{{ state }}_seconds,
        {% endfor -%}
        coalesce(whole_states.break_seconds, 0) as whole_break_seconds,
        coalesce(whole_legs.contact_seconds, 0) + coalesce(whole_dialing_in_vain.dial_seconds, 0)
            as whole_contact_seconds,
        coalesce(whole_legs.handled_count, 0) as whole_handled_count
    from from_intervals
    left join whole_states on from_intervals.agent_id = whole_states.agent_id
    left join whole_legs on from_intervals.agent_id = whole_legs.agent_id
    left join whole_dialing_in_vain
        on from_intervals.agent_id = whole_dialing_in_vain.agent_id

)

select * from compared
where
    contact_seconds <> whole_contact_seconds
    or break_seconds <> whole_break_seconds
    or handled_count <> whole_handled_count
    {% for state in states -%}
        or {{ state }}_seconds <> whole_{{ state }}_seconds
    {% endfor %}
