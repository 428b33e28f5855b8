-- One row per campaign of the sample.
with

raw_campaigns as (

    select * from {{ ref('raw_campaigns') }}

),

campaigns as (

    select
        campaign_id as campaign_code,
        campaign_name,
        purpose,
        lower(dialing_mode) as dialing_mode,
        time_zone,
        try_cast(answer_limit_seconds as decimal(18, 3)) as answer_limit_seconds,
        try_cast(machine_false_positive_rate as decimal(5, 4)) as machine_false_positive_rate,
        try_cast(starts_on as date) as starts_on,
        try_cast(ends_on as date) as ends_on
    from raw_campaigns

)

select * from campaigns
