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

    select
        -1 as channel_key,
        'not_applicable' as channel_code,
        'Not applicable' as channel_name,
        'none' as channel_family,
        'not applicable' as answered_means

    union all

    select
        -2 as channel_key,
        'unknown' as channel_code,
        'Unknown' as channel_name,
        'none' as channel_family,
        'unknown' as answered_means

)

select * from dim_channel
