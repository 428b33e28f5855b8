-- One row per span of an agent in one reported state. The spans of an agent do not overlap.
with

agent_state_changes as (

    select * from {{ ref('int_agent_state_changes') }}
    where not is_logout

),

-- Sessions that did not end with a log-out within the limit cut the last state short; beyond the
-- limit a session continues another one that did.
cut_sessions as (

    select agent_sessions.*
    from {{ ref('int_agent_sessions') }} as agent_sessions
    {{ within_agent_slices('agent_sessions.person_key', 'agent_sessions.started_at') }}
    where agent_sessions.closed_by <> 'logout' or agent_sessions.is_continuation

),

track_spans as (

    select
        agent_state_changes.person_key,
        agent_state_changes.track,
        agent_state_changes.state,
        agent_state_changes.reason_code,
        case
            when
                agent_state_changes.is_session_start
                or agent_state_changes.event_at = cut_sessions.started_at
                then agent_state_changes.event_at
        end as session_started_at,
        agent_state_changes.event_at as started_at,
        least(agent_state_changes.next_event_at, cut_sessions.ended_at) as ended_at,
        agent_state_changes.is_followed_by_logout or cut_sessions.person_key is not null
            as is_before_gap
    from agent_state_changes
    left join cut_sessions
        on
            agent_state_changes.person_key = cut_sessions.person_key
            and agent_state_changes.track = cut_sessions.track
            and agent_state_changes.event_at >= cut_sessions.started_at
            and agent_state_changes.event_at < cut_sessions.events_until_at

),

-- A state left for the log-out in the second it was entered is no span, and the log-out follows the
-- one before it.
skipped_states_before_gaps as (

    select distinct
        person_key,
        track,
        ended_at
    from track_spans
    where is_before_gap and started_at >= ended_at

),

people_on_several_tracks as (

    select person_key from track_spans
    group by person_key
    having min(track) <> max(track)

),

spans_of_such_people as (

    select
        track_spans.person_key,
        track_spans.track,
        track_spans.started_at,
        track_spans.ended_at,
        coalesce(
            track_spans.started_at > max(track_spans.ended_at) over (
                partition by track_spans.person_key
                order by track_spans.started_at, track_spans.ended_at
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_apart
    from track_spans
    inner join people_on_several_tracks
        on track_spans.person_key = people_on_several_tracks.person_key
    where track_spans.started_at < track_spans.ended_at

),

numbered_spans as (

    select
        *,
        sum(case when is_apart then 1 else 0 end) over (
            partition by person_key
            order by started_at, ended_at
            rows between unbounded preceding and current row
        ) as group_number
    from spans_of_such_people

),

-- Only while states of several tracks hang together do they matter to one another.
times_on_several_tracks as (

    select
        person_key,
        min(started_at) as started_at,
        max(ended_at) as ended_at
    from numbered_spans
    group by person_key, group_number
    having min(track) <> max(track)

),

spans_on_one_track as (

    select
        track_spans.person_key,
        track_spans.state,
        track_spans.reason_code,
        track_spans.session_started_at,
        track_spans.started_at,
        track_spans.ended_at,
        track_spans.is_before_gap or skipped_states_before_gaps.person_key is not null
            as is_before_gap
    from track_spans
    left join skipped_states_before_gaps
        on
            track_spans.person_key = skipped_states_before_gaps.person_key
            and track_spans.track = skipped_states_before_gaps.track
            and track_spans.ended_at = skipped_states_before_gaps.ended_at
    left join times_on_several_tracks
        on
            track_spans.person_key = times_on_several_tracks.person_key
            and track_spans.started_at >= times_on_several_tracks.started_at
            and track_spans.started_at < times_on_several_tracks.ended_at
    where
        times_on_several_tracks.person_key is null
        and track_spans.started_at < track_spans.ended_at

),

-- Where tracks overlap the state of the highest priority holds: every start and end of a span
-- is a point, and a state goes on while the latest end of its spans so far lies ahead. Its reason
-- is that of the span which ends last, and the last of the alphabet where two do; '' stands for
-- none, for NULL is passed over.
points_on_several_tracks as (

    select
        track_spans.person_key,
        track_spans.state,
        track_spans.reason_code,
        track_spans.started_at as point_at,
        track_spans.ended_at
    from track_spans
    inner join times_on_several_tracks
        on
            track_spans.person_key = times_on_several_tracks.person_key
            and track_spans.started_at >= times_on_several_tracks.started_at
            and track_spans.started_at < times_on_several_tracks.ended_at
    where track_spans.started_at < track_spans.ended_at

    union all

    select
        track_spans.person_key,
        null as state,
        null as reason_code,
        track_spans.ended_at as point_at,
        null as ended_at
    from track_spans
    inner join times_on_several_tracks
        on
            track_spans.person_key = times_on_several_tracks.person_key
            and track_spans.started_at >= times_on_several_tracks.started_at
            and track_spans.started_at < times_on_several_tracks.ended_at
    where track_spans.started_at < track_spans.ended_at

),

states_at_points as (

    select
        person_key,
        point_at,
        {% for state in event_states() -%}
            max(case when state = '{{ state }}' then ended_at end) over so_far
                as {{ state }}_until,
            {{ value_at_last(
                "case when state = '" ~ state ~ "' then coalesce(reason_code, '') end",
                "(ended_at, coalesce(reason_code, ''))"
            ) }} over so_far as {{ state }}_reason,
        {% endfor -%}
        lead(point_at) over per_person as next_point_at
    from points_on_several_tracks
    window
        per_person as (partition by person_key order by point_at, ended_at, state, reason_code),
        so_far as (
            partition by person_key
            order by point_at, ended_at, state, reason_code
            rows between unbounded preceding and current row
        )

),

spans_on_several_tracks as (

    select
        person_key,
        case
            {% for state in event_states() -%}
                when {{ state }}_until > point_at then '{{ state }}'
            {% endfor -%}
        end as state,
        case
            {% for state in event_states() -%}
                when {{ state }}_until > point_at then nullif({{ state }}_reason, '')
            {% endfor -%}
        end as reason_code,
        -- With several tracks a log-in on one of them is no sign of a new session.
        cast(null as timestamp) as session_started_at,
        point_at as started_at,
        next_point_at as ended_at,
        true as is_before_gap
    from states_at_points
    where point_at < next_point_at

),

agent_state_spans as (

    select * from spans_on_one_track

    union all

    select * from spans_on_several_tracks
    where state is not null

)

select * from agent_state_spans
