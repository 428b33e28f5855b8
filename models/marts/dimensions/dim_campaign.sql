-- One row per outbound campaign, with the two missing members.
with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

keyed_campaigns as (

    select
        {{ source_key('campaign', 'campaign_code') }} as campaign_key,
        source_system,
        source_instance,
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

),

dim_campaign as (

    select * from keyed_campaigns

    union all

    select
        -1 as campaign_key,
        'none' as source_system,
        'none' as source_instance,
        'none' as campaign_code,
        'No campaign' as campaign_name,
        null as purpose,
        null as dialing_mode,
        null as time_zone,
        null as answer_limit_seconds,
        null as machine_false_positive_rate,
        null as starts_on,
        null as ends_on

    union all

    select
        -2 as campaign_key,
        'none' as source_system,
        'none' as source_instance,
        'unknown' as campaign_code,
        'Unknown campaign' as campaign_name,
        null as purpose,
        null as dialing_mode,
        null as time_zone,
        null as answer_limit_seconds,
        null as machine_false_positive_rate,
        null as starts_on,
        null as ends_on

)

select * from dim_campaign
