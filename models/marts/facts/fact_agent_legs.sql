-- One row per connection of one agent with a contact.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook='{{ forget_touched_legs() }}',
    post_hook='{{ note_touched_legs() }}'
) }}

with

agent_legs as (

    select * from {{ ref('int_agent_legs') }}
    {{ of_touched_legs() }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

transfer_types as (

    select * from {{ ref('transfer_types') }}

),

engagement_split_seconds as (

    select * from {{ ref('int_engagement_split_seconds') }}
    where leg_key is not null

),

-- The team is the one the agent was in when the leg was connected.
legs_with_members as (

    select
        agent_legs.*,
        engagement_split_seconds.split_seconds,
        engagement_split_seconds.split_after_contact_work_seconds,
        coalesce(dim_agent.agent_key, -2) as agent_key,
        coalesce(dim_agent.agent_id, 'unknown') as agent_id,
        coalesce(dim_agent.agent_name, 'Unknown agent') as agent_name,
        coalesce(dim_agent.team_key, -2) as team_key,
        coalesce(dim_agent.team_name, 'Unknown team') as team_name,
        case
            when agent_legs.queue_code is null then -1
            else coalesce(dim_queue.queue_key, -2)
        end as queue_key,
        case
            when agent_legs.queue_code is null then 'No queue'
            else coalesce(dim_queue.queue_name, 'Unknown queue')
        end as queue_name,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        coalesce(transfer_types.is_transfer, false) as is_transfer,
        coalesce(agent_legs.transfer_type <> 'unknown', true) as is_transfer_known
    from agent_legs
    left join dim_agent
        on
            agent_legs.source_system = dim_agent.source_system
            and agent_legs.source_instance = dim_agent.source_instance
            and agent_legs.agent_code = dim_agent.agent_code
            and agent_legs.connected_at >= dim_agent.valid_from
            and agent_legs.connected_at < dim_agent.valid_to
    left join dim_queue
        on
            agent_legs.source_system = dim_queue.source_system
            and agent_legs.source_instance = dim_queue.source_instance
            and agent_legs.queue_code = dim_queue.queue_code
    left join dim_channel on agent_legs.channel_code = dim_channel.channel_code
    left join transfer_types on agent_legs.transfer_type = transfer_types.transfer_type
    left join engagement_split_seconds
        on agent_legs.leg_key = engagement_split_seconds.leg_key

),

counted_legs as (

    select
        *,
        case
            when leg_type in ('customer', 'conference') and not is_excluded then 1
            else 0
        end as handled_count
    from legs_with_members

),

fact_agent_legs as (

    select
        leg_key,
        contact_key,
        coalesce(visit_key, -1) as visit_key,
        agent_key,
        team_key,
        queue_key,
        channel_key,
        source_system,
        source_instance,

        agent_id,
        agent_name,
        team_name,
        queue_name,
        channel_name,
        direction,
        leg_type,
        transfer_type,
        transfer_reason,

        dial_seconds,
        ring_seconds,
        connected_seconds,
        cast(connected_seconds - coalesce(hold_seconds, 0) as decimal(18, 3)) as talk_seconds,
        hold_seconds,
        after_contact_work_seconds,
        cast(
            connected_seconds
            + coalesce(after_contact_work_seconds, 0)
            + coalesce(dial_seconds, 0) as decimal(18, 3)
        ) as handle_seconds,

        split_seconds,
        split_after_contact_work_seconds,

        handled_count,
        case when is_transfer then handled_count else 0 end as transferred_count,
        case when transfer_type = 'consult' then handled_count else 0 end as consulted_count,
        case when transfer_type = 'conference' then handled_count else 0 end
            as conferenced_count,
        case when is_transfer_known then handled_count else 0 end as transfer_known_count,
        case when connected_seconds is null then 0 else handled_count end
            as handle_known_count,
        case when hold_seconds > 0 then handled_count else 0 end as held_count,
        case when hold_seconds is null then 0 else handled_count end as hold_known_count,
        case when after_contact_work_seconds is null then 0 else handled_count end
            as after_contact_work_known_count,

        is_excluded,

        offered_at,
        connected_at,
        ended_at,
        {{ reporting_date('coalesce(offered_at, connected_at)') }} as offered_date,
        {{ reporting_date('connected_at') }} as connected_date,

        dq_flag,
        source_file,
        source_row,
        loaded_at
    from counted_legs

)

select * from fact_agent_legs
