-- One row per campaign of the sample.
with

campaigns as (

    select * from {{ ref('stg_sample__campaigns') }}

),

identified_campaigns as (

    select
        'sample' as source_system,
        'default' as source_instance,
        campaign_code,
        campaign_name,
        purpose,
        dialing_mode,
        time_zone,
        answer_limit_seconds,
        machine_false_positive_rate,
        starts_on,
        ends_on
    from campaigns

)

select * from identified_campaigns
