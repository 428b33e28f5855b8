-- One row per month, channel, contact reason and site whose agents a machine might relieve.
with

-- Tickets are no conversation that an IVR or a bot could hold.
dim_channel as (

    select * from {{ ref('dim_channel') }}
    where channel_family <> 'ticket'

),

contact_reasons as (

    select * from {{ ref('report_contact_reasons') }}
    where contact_reason_key >= 0

),

agent_contact_days as (

    select
        *,
        cast(date_trunc('month', started_date) as date) as month_start_date
    from {{ ref('agent_contact_days') }}
    where contact_count = 1

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

labor_months as (

    select * from {{ ref('fact_labor_months') }}

),

-- Of an agent with several chats at once a second counts once.
work_of_sites as (

    select
        agent_contact_days.month_start_date,
        agent_contact_days.channel_key,
        agent_contact_days.contact_reason_key,
        dim_agent.source_system,
        dim_agent.source_instance,
        coalesce(dim_agent.site_name, 'Unknown') as site_name,
        cast(sum(agent_contact_days.active_seconds) as decimal(18, 3)) as work_seconds
    from agent_contact_days
    inner join dim_agent on agent_contact_days.agent_key = dim_agent.agent_key
    group by
        agent_contact_days.month_start_date,
        agent_contact_days.channel_key,
        agent_contact_days.contact_reason_key,
        dim_agent.source_system,
        dim_agent.source_instance,
        coalesce(dim_agent.site_name, 'Unknown')

),

-- A site that pays in two currencies has no cost of an hour.
labor_costs as (

    select
        source_system,
        source_instance,
        site_name,
        month_start_date,
        min(currency_code) as currency_code,
        cast(sum(labor_cost) / (sum(paid_seconds) / 3600.0) as decimal(18, 4)) as cost_per_hour
    from labor_months
    group by source_system, source_instance, site_name, month_start_date
    having count(distinct currency_code) = 1 and sum(paid_seconds) > 0

),

report_self_service_candidates as (

    select
        site.month_start_date,
        site.channel_key,
        site.contact_reason_key,
        site.source_system,
        site.source_instance,
        site.site_name,
        reasons.channel_name,
        reasons.contact_reason_name,

        reasons.assisted_count as reason_assisted_count,
        reasons.average_handle_time_seconds as reason_average_handle_time_seconds,
        reasons.first_contact_resolution as reason_first_contact_resolution,
        -- A month that goes on may still get there.
        case
            when reasons.is_complete
                then
                    reasons.assisted_count >= {{ number_of('self_service_minimum_contacts') }}
                    and reasons.average_handle_time_seconds
                    <= {{ number_of('self_service_longest_handle_seconds') }}
                    and reasons.first_contact_resolution
                    >= {{ number_of('self_service_lowest_resolution') }}
        end as is_candidate,

        site.work_seconds,
        cast(
            site.work_seconds * {{ number_of('self_service_expected_share') }} as decimal(18, 3)
        ) as saving_seconds,
        labor_costs.currency_code,
        labor_costs.cost_per_hour,
        cast(
            site.work_seconds * {{ number_of('self_service_expected_share') }} / 3600.0
            * labor_costs.cost_per_hour as decimal(18, 4)
        ) as saving_amount,

        {{ number_of('self_service_minimum_contacts') }} as rule_minimum_assisted_count,
        {{ number_of('self_service_longest_handle_seconds') }} as rule_longest_handle_time_seconds,
        cast({{ number_of('self_service_lowest_resolution') }} as double)
            as rule_lowest_first_contact_resolution,
        cast({{ number_of('self_service_expected_share') }} as double) as rule_expected_share
    from work_of_sites as site
    inner join contact_reasons as reasons
        on
            site.month_start_date = reasons.month_start_date
            and site.channel_key = reasons.channel_key
            and site.contact_reason_key = reasons.contact_reason_key
    inner join dim_channel on site.channel_key = dim_channel.channel_key
    left join labor_costs
        on
            site.source_system = labor_costs.source_system
            and site.source_instance = labor_costs.source_instance
            and site.site_name = labor_costs.site_name
            and site.month_start_date = labor_costs.month_start_date

)

select * from report_self_service_candidates
