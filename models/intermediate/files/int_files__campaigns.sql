-- One row per outbound campaign of the files.
with

campaigns as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__campaigns') }}
    where row_status = 'used'

),

named_campaigns as (

    select
        source_system,
        source_instance,
        campaign_code,
        coalesce(campaign_name, campaign_code) as campaign_name,
        purpose,
        dialing_mode,
        time_zone,
        answer_limit_seconds,
        machine_false_positive_rate,
        starts_on,
        ends_on
    from campaigns

)

select * from named_campaigns
