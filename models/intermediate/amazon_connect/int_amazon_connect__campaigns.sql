-- One row per outbound campaign that a contact record names; its records know the id alone.
with

linked_records as (

    select * from {{ ref('int_amazon_connect__linked_records') }}
    where campaign_code is not null

),

campaigns as (

    select
        source_system,
        source_instance,
        campaign_code,
        campaign_code as campaign_name,
        cast(null as string) as purpose,
        case when bool_or(initiation_method = 'CAMPAIGN_PREVIEW') then 'preview' end
            as dialing_mode,
        cast(null as string) as time_zone,
        cast(null as decimal(18, 3)) as answer_limit_seconds,
        cast(null as decimal(5, 4)) as machine_false_positive_rate,
        cast(null as date) as starts_on,
        cast(null as date) as ends_on
    from linked_records
    group by source_system, source_instance, campaign_code

)

select * from campaigns
