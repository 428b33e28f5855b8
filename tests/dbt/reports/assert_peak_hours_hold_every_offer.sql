-- The heat map holds every offered contact of a channel once.
with

report_channels as (

    select
        channel_key,
        sum(offered_count) as offered_count
    from {{ ref('report_peak_hours') }}
    group by channel_key

),

fact_channels as (

    select
        channel_key,
        sum(offered_count) as offered_count
    from {{ ref('fact_queue_intervals') }}
    group by channel_key

)

select
    coalesce(fact_channels.channel_key, report_channels.channel_key) as channel_key,
    fact_channels.offered_count,
    report_channels.offered_count as reported_count
from fact_channels
full outer join report_channels on fact_channels.channel_key = report_channels.channel_key
where fact_channels.offered_count is distinct from report_channels.offered_count
