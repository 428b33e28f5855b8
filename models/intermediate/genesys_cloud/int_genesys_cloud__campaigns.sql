-- One row per outbound campaign that a conversation names.
with

campaign_sessions as (

    select
        source_system,
        source_instance,
        campaign_id,
        -- Of a preview the agent reads up first, as of a callback.
        bool_or(media_type = 'callback') as has_previews
    from {{ ref('int_genesys_cloud__session_stretches') }}
    where campaign_id is not null
    group by source_system, source_instance, campaign_id

),

campaigns as (

    select
        source_system,
        source_instance,
        campaign_id as campaign_code,
        campaign_id as campaign_name,
        cast(null as string) as purpose,
        case when has_previews then 'preview' end as dialing_mode,
        cast(null as string) as time_zone,
        cast(null as decimal(18, 3)) as answer_limit_seconds,
        cast(null as decimal(5, 4)) as machine_false_positive_rate,
        cast(null as date) as starts_on,
        cast(null as date) as ends_on
    from campaign_sessions

)

select * from campaigns
