-- A person's exclusive states sum to at most 900 s a quarter hour, and to the staffed time.
with

seconds_per_person as (

    select
        agent_id,
        interval_start_at,
        sum(
            on_contact_seconds + after_contact_work_seconds + ringing_seconds
            + not_responding_seconds
            + coalesce(available_seconds, 0)
            + coalesce(auxiliary_seconds, 0)
        ) as state_seconds,
        sum(staffed_seconds) as staffed_seconds,
        max(case when staffed_seconds is null then 1 else 0 end) as has_unknown_staffing,
        sum(busy_seconds) as busy_seconds,
        sum(on_contact_seconds + after_contact_work_seconds) as busy_parts_seconds
    from {{ ref('fact_agent_intervals') }}
    group by agent_id, interval_start_at

)

select * from seconds_per_person
where
    state_seconds > 900
    or busy_seconds <> busy_parts_seconds
    or (has_unknown_staffing = 0 and staffed_seconds <> state_seconds)
