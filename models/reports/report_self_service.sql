-- One row per date, channel and contact reason for which customers came to an IVR or bot.
with

sessions as (

    select * from {{ ref('fact_self_service_sessions') }}
    where not is_excluded

),

counted_sessions as (

    select
        v.started_date,
        v.channel_key,
        v.contact_reason_key,
        v.channel_name,
        v.contact_reason_name,
        cast(sum(v.session_count) as bigint) as session_count,
        cast(sum(v.contained_count) as bigint) as contained_count,
        cast(sum(case when v.end_reason = 'completed' then v.session_count else 0 end) as bigint)
            as completed_count,
        cast(sum(case when v.end_reason = 'hung_up' then v.session_count else 0 end) as bigint)
            as hung_up_count,
        cast(sum(case when v.end_reason = 'to_queue' then v.session_count else 0 end) as bigint)
            as to_queue_count,
        cast(sum(case when v.end_reason = 'unknown' then v.session_count else 0 end) as bigint)
            as unknown_end_count,
        cast(sum(v.true_containment_eligible_count) as bigint) as judged_count,
        cast(sum(v.truly_contained_count) as bigint) as truly_contained_count,
        cast(
            sum(
                case when v.is_contained then v.true_containment_eligible_count else 0 end
                - v.truly_contained_count
            ) as bigint
        ) as came_back_count,
        cast(sum(v.duration_seconds) as decimal(18, 3)) as duration_seconds,
        cast(sum(case when v.is_contained then 0 else v.duration_seconds end) as decimal(18, 3))
            as passed_on_seconds,
        {{ containment_rate('v') }} as containment_rate,
        {{ true_containment_rate('v') }} as true_containment_rate
    from sessions as v
    group by
        v.started_date,
        v.channel_key,
        v.contact_reason_key,
        v.channel_name,
        v.contact_reason_name

),

{{ judged_rates(
    'counted_sessions',
    ['started_date', 'channel_key', 'contact_reason_key'],
    'started_date',
    'reason and channel',
    {
        'containment_rate': 'containment_rate',
        'true_containment_rate': 'true_containment_rate',
    }
) }},

report_self_service as (

    select
        counts.started_date,
        counts.channel_key,
        counts.contact_reason_key,
        counts.channel_name,
        counts.contact_reason_name,
        counts.session_count,
        counts.contained_count,
        counts.completed_count,
        counts.hung_up_count,
        counts.to_queue_count,
        counts.unknown_end_count,
        counts.judged_count,
        counts.truly_contained_count,
        counts.came_back_count,
        counts.duration_seconds,
        counts.passed_on_seconds,
        counts.containment_rate,
        judged_rates.containment_rate_status,
        counts.true_containment_rate,
        judged_rates.true_containment_rate_status
    from counted_sessions as counts
    inner join judged_rates
        on
            counts.started_date = judged_rates.started_date
            and counts.channel_key = judged_rates.channel_key
            and counts.contact_reason_key = judged_rates.contact_reason_key

)

select * from report_self_service
