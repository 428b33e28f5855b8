-- One row per queue, channel and span of time with one service policy.
with

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

channels as (

    select * from {{ ref('channels') }}

),

queue_policy_overrides as (

    select * from {{ ref('queue_policy_overrides') }}

),

-- Every queue starts from the default of the channel ...
policy_starts as (

    select
        dim_queue.queue_key,
        dim_channel.channel_key,
        channels.service_level_threshold_seconds,
        channels.service_level_target,
        channels.short_abandon_seconds,
        channels.counts_abandonment,
        'channel default' as reason,
        timestamp '1900-01-01 00:00:00' as valid_from
    from dim_queue
    cross join dim_channel
    -- A channel we do not know is judged as a telephone.
    inner join channels
        on
            channels.channel_code
            = case when dim_channel.channel_key = -2 then 'phone' else dim_channel.channel_code end

    union all

    -- ... until a setting of its own begins.
    select
        dim_queue.queue_key,
        dim_channel.channel_key,
        queue_policy_overrides.service_level_threshold_seconds,
        queue_policy_overrides.service_level_target,
        queue_policy_overrides.short_abandon_seconds,
        channels.counts_abandonment,
        queue_policy_overrides.reason,
        cast(queue_policy_overrides.valid_from as timestamp) as valid_from
    from queue_policy_overrides
    inner join dim_queue
        on
            queue_policy_overrides.source_system = dim_queue.source_system
            and queue_policy_overrides.source_instance = dim_queue.source_instance
            and queue_policy_overrides.queue_code = dim_queue.queue_code
    inner join dim_channel on queue_policy_overrides.channel_code = dim_channel.channel_code
    inner join channels on queue_policy_overrides.channel_code = channels.channel_code

),

queue_channel_policy as (

    select
        queue_key,
        channel_key,
        cast(service_level_threshold_seconds as decimal(18, 3))
            as service_level_threshold_seconds,
        cast(service_level_target as decimal(5, 4)) as service_level_target,
        cast(short_abandon_seconds as decimal(18, 3)) as short_abandon_seconds,
        counts_abandonment,
        reason,
        valid_from,
        {{ valid_to(['queue_key', 'channel_key']) }} as valid_to
    from policy_starts

)

select * from queue_channel_policy
