-- One row per channel, with the two missing members.
with

channels as (

    select * from {{ ref('channels') }}

),

keyed_channels as (

    select
        {{ reference_key('channel', 'channel_code') }} as channel_key,
        channel_code,
        channel_name,
        channel_family,
        answered_means
    from channels

),

dim_channel as (

    select * from keyed_channels

    union all

    select -1, 'not_applicable', 'Not applicable', 'none', 'not applicable'

    union all

    select -2, 'unknown', 'Unknown', 'none', 'unknown'

)

select * from dim_channel
