-- One row per attempt to reach a customer.
{{ config(meta={'rows_of': 'int_outbound_attempts'}) }}
with

outbound_attempts as (

    select * from {{ ref('int_outbound_attempts') }}

),

contacts as (

    select contact_key from {{ ref('int_contacts') }}

),

dim_campaign as (

    select * from {{ ref('dim_campaign') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

attempt_results as (

    select * from {{ ref('attempt_results') }}

),

engagement_split_seconds as (

    select * from {{ ref('int_engagement_split_seconds') }}
    where attempt_key is not null

),

-- The team is the one the agent was in when the attempt was dialed.
attempts_with_members as (

    select
        outbound_attempts.*,
        engagement_split_seconds.split_seconds,
        case
            when outbound_attempts.campaign_code is null then -1
            else coalesce(dim_campaign.campaign_key, -2)
        end as campaign_key,
        case
            when outbound_attempts.campaign_code is null then 'No campaign'
            else coalesce(dim_campaign.campaign_name, 'Unknown campaign')
        end as campaign_name,
        dim_campaign.answer_limit_seconds,
        dim_campaign.machine_false_positive_rate,
        case
            when outbound_attempts.agent_code is null then -1
            else coalesce(dim_agent.agent_key, -2)
        end as agent_key,
        case
            when outbound_attempts.agent_code is null then 'none'
            else coalesce(dim_agent.agent_id, 'unknown')
        end as agent_id,
        case
            when outbound_attempts.agent_code is null then 'No agent'
            else coalesce(dim_agent.agent_name, 'Unknown agent')
        end as agent_name,
        case
            when outbound_attempts.agent_code is null then -1
            else coalesce(dim_agent.team_key, -2)
        end as team_key,
        case
            when outbound_attempts.agent_code is null then 'Unassigned'
            else coalesce(dim_agent.team_name, 'Unknown team')
        end as team_name,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        case
            when outbound_attempts.contact_key is null then -1
            else coalesce(own_contacts.contact_key, -2)
        end as known_contact_key,
        case
            when outbound_attempts.callback_contact_key is null then -1
            else coalesce(callback_contacts.contact_key, -2)
        end as known_callback_contact_key,
        attempt_results.is_live_answer,
        attempt_results.is_machine,
        attempt_results.is_connected,
        {{ seconds_between(
            'outbound_attempts.answered_at', 'outbound_attempts.agent_connected_at'
        ) }} as seconds_to_agent
    from outbound_attempts
    left join contacts as own_contacts
        on outbound_attempts.contact_key = own_contacts.contact_key
    left join contacts as callback_contacts
        on outbound_attempts.callback_contact_key = callback_contacts.contact_key
    left join dim_campaign
        on
            outbound_attempts.source_system = dim_campaign.source_system
            and outbound_attempts.source_instance = dim_campaign.source_instance
            and outbound_attempts.campaign_code = dim_campaign.campaign_code
    left join dim_agent
        on
            outbound_attempts.source_system = dim_agent.source_system
            and outbound_attempts.source_instance = dim_agent.source_instance
            and outbound_attempts.agent_code = dim_agent.agent_code
            and outbound_attempts.dialed_at >= dim_agent.valid_from
            and outbound_attempts.dialed_at < dim_agent.valid_to
    left join dim_channel on outbound_attempts.channel_code = dim_channel.channel_code
    inner join attempt_results on outbound_attempts.result = attempt_results.result
    left join engagement_split_seconds
        on outbound_attempts.attempt_key = engagement_split_seconds.attempt_key

),

counted_attempts as (

    select
        *,
        case when campaign_key = -1 then 0 else 1 end as campaign_attempt_count,
        case when is_live_answer then 1 else 0 end as live_answer_count,
        case when is_connected then 1 else 0 end as connected_count,
        -- A person who got an agent too late was abandoned all the same.
        case
            when not is_live_answer then 0
            when not is_connected or seconds_to_agent > answer_limit_seconds then 1
            else 0
        end as abandoned_count
    from attempts_with_members

),

fact_outbound_attempts as (

    select
        attempt_key,
        known_contact_key as contact_key,
        known_callback_contact_key as callback_contact_key,
        campaign_key,
        agent_key,
        team_key,
        channel_key,
        customer_key,
        source_system,
        source_instance,
        source_attempt_id,
        source_record_id,

        campaign_name,
        agent_id,
        agent_name,
        team_name,
        channel_name,
        result,
        attempt_number,

        dial_seconds,
        split_seconds,

        1 as attempt_count,
        live_answer_count,
        case when is_machine then 1 else 0 end as machine_count,
        connected_count,
        abandoned_count,
        -- Whom we call back asked for it: callbacks are no part of what a dialer is judged by.
        campaign_attempt_count,
        campaign_attempt_count * live_answer_count as campaign_live_answer_count,
        campaign_attempt_count * connected_count as campaign_connected_count,
        campaign_attempt_count * abandoned_count as campaign_abandoned_count,
        -- Only a machine takes people for machines; whom an agent heard was one.
        cast(
            case
                when is_machine and agent_key = -1 then machine_false_positive_rate
                else 0
            end as decimal(18, 4)
        ) as estimated_false_positive_count,
        -- So are calls that an agent dials by hand: nobody but a campaign asks for anything.
        case when is_right_party is null then 0 else campaign_attempt_count end
            as right_party_known_count,
        case when is_right_party then campaign_attempt_count else 0 end as right_party_count,
        case when is_converted is null then 0 else campaign_attempt_count end
            as conversion_known_count,
        case when is_converted then campaign_attempt_count else 0 end as converted_count,

        dialed_at,
        answered_at,
        agent_connected_at,
        ended_at,
        {{ reporting_date('dialed_at') }} as dialed_date,

        dq_flag,
        source_file,
        source_row,
        loaded_at
    from counted_attempts

)

select * from fact_outbound_attempts
