-- One row per ticket.
{{ config(meta={'rows_of': 'int_tickets'}) }}
{#- Statuses in which the clock of a target runs, where that is not all of the ticket's time. #}
{%- set clocks = {
    'requester_wait': "'new', 'open', 'on_hold'",
    'agent_work': "'new', 'open'",
} %}
with

tickets as (

    select * from {{ ref('int_tickets') }}

),

ticket_states as (

    select * from {{ ref('fact_ticket_states') }}

),

responses as (

    select * from {{ ref('fact_responses') }}
    where is_first_response and ticket_key >= 0

),

contact_messages as (

    select * from {{ ref('int_contact_messages') }}
    where ticket_key is not null

),

ticket_sla_policies as (

    select * from {{ ref('ticket_sla_policies') }}

),

ticket_sla_targets as (

    select * from {{ ref('int_ticket_sla_targets') }}

),

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

dim_contact_reason as (

    select * from {{ ref('dim_contact_reason') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

states_in_order as (

    select
        *,
        coalesce(sum(state_seconds) over before, 0) as seconds_before,
        coalesce(sum(state_business_seconds) over before, 0) as business_seconds_before,
        {%- for clock, statuses in clocks.items() %}
            coalesce(
                sum(case when status in ({{ statuses }}) then state_seconds end) over before, 0
            ) as {{ clock }}_seconds_before,
            coalesce(
                sum(case when status in ({{ statuses }}) then state_business_seconds end)
                    over before,
                0
            ) as {{ clock }}_business_seconds_before,
        {%- endfor %}
        lag(is_backlog) over per_ticket as was_backlog
    from ticket_states
    window
        per_ticket as (
            partition by ticket_key
            order by started_at
        ),
        before as (
            partition by ticket_key
            order by started_at
            rows between unbounded preceding and 1 preceding
        )

),

-- Where the hours of one of its queues are not known, business time of the ticket is not.
states_per_ticket as (

    select
        ticket_key,
        count(*) = count(state_business_seconds) as is_business_known,
        {{ value_at_last('status', 'started_at') }} as status,
        {{ value_at_last('is_backlog', 'started_at') }} as is_open,
        sum(case when is_backlog and not was_backlog then 1 else 0 end) as reopen_count,
        min(case when not is_backlog then started_at end) as first_solved_at,
        min(case when not is_backlog then seconds_before end) as first_resolution_seconds,
        min(case when not is_backlog then business_seconds_before end)
            as first_resolution_business_seconds,
        {%- for clock in clocks %}
            min(case when not is_backlog then {{ clock }}_seconds_before end)
                as first_{{ clock }}_seconds,
            min(case when not is_backlog then {{ clock }}_business_seconds_before end)
                as first_{{ clock }}_business_seconds,
        {%- endfor %}
        max(case when not is_backlog and coalesce(was_backlog, true) then started_at end)
            as last_solved_at,
        max(case when not is_backlog and coalesce(was_backlog, true) then seconds_before end)
            as full_resolution_seconds,
        max(
            case
                when not is_backlog and coalesce(was_backlog, true) then business_seconds_before
            end
        ) as full_resolution_business_seconds,
        sum(state_seconds) as elapsed_seconds,
        sum(state_business_seconds) as elapsed_business_seconds,
        {%- for clock, statuses in clocks.items() %}
            sum(case when status in ({{ statuses }}) then state_seconds else 0 end)
                as {{ clock }}_seconds,
            sum(case when status in ({{ statuses }}) then state_business_seconds else 0 end)
                as {{ clock }}_business_seconds,
        {%- endfor %}
        sum(case when status = 'pending' then state_seconds else 0 end) as agent_wait_seconds,
        sum(case when status = 'pending' then state_business_seconds else 0 end)
            as agent_wait_business_seconds,
        sum(case when status = 'on_hold' then state_seconds else 0 end) as on_hold_seconds,
        sum(case when status = 'on_hold' then state_business_seconds else 0 end)
            as on_hold_business_seconds
    from states_in_order
    group by ticket_key

),

-- A source with targets of its own is measured by these alone: the last one given before the reply
-- or solution.
measured_instances as (

    select distinct
        source_system,
        source_instance
    from ticket_sla_targets

),

targets_in_force as (

    select ticket_sla_targets.*
    from ticket_sla_targets
    left join responses on ticket_sla_targets.ticket_key = responses.ticket_key
    left join states_per_ticket on ticket_sla_targets.ticket_key = states_per_ticket.ticket_key
    where
        ticket_sla_targets.applied_at <= coalesce(
            case ticket_sla_targets.measure
                when 'first_reply' then responses.responded_at
                else states_per_ticket.first_solved_at
            end,
            ticket_sla_targets.applied_at
        )
    qualify
        row_number() over (
            partition by ticket_sla_targets.ticket_key, ticket_sla_targets.measure
            order by ticket_sla_targets.applied_at desc
        ) = 1

),

messages_per_ticket as (

    select
        ticket_key,
        sum(case when sender = 'agent' and is_public then 1 else 0 end) as reply_count
    from contact_messages
    group by ticket_key

),

policies as (

    select
        channel_code,
        priority,
        first_reply_target_seconds,
        resolution_target_seconds,
        cast(valid_from as timestamp) as valid_from,
        {{ valid_to(['channel_code', 'priority']) }} as valid_to
    from ticket_sla_policies

),

measured_tickets as (

    select
        tickets.*,
        case
            when tickets.queue_code is null then -1
            else coalesce(dim_queue.queue_key, -2)
        end as queue_key,
        case
            when tickets.queue_code is null then 'No queue'
            else coalesce(dim_queue.queue_name, 'Unknown queue')
        end as queue_name,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        coalesce(dim_contact_reason.contact_reason_key, -2) as contact_reason_key,
        coalesce(dim_contact_reason.contact_reason_name, 'Unknown') as contact_reason_name,
        case when tickets.is_excluded then 0 else 1 end as created_count,
        coalesce(states_per_ticket.status, 'new') as status,
        coalesce(states_per_ticket.is_open, true) as is_open,
        coalesce(states_per_ticket.reopen_count, 0) as all_reopen_count,
        coalesce(messages_per_ticket.reply_count, 0) as all_reply_count,
        responses.response_seconds,
        responses.response_business_seconds,
        responses.responded_at,
        states_per_ticket.is_business_known,
        states_per_ticket.first_solved_at,
        states_per_ticket.last_solved_at,
        states_per_ticket.first_resolution_seconds,
        states_per_ticket.first_resolution_business_seconds,
        states_per_ticket.full_resolution_seconds,
        states_per_ticket.full_resolution_business_seconds,
        states_per_ticket.elapsed_seconds,
        states_per_ticket.elapsed_business_seconds,
        states_per_ticket.requester_wait_seconds,
        states_per_ticket.requester_wait_business_seconds,
        states_per_ticket.agent_wait_seconds,
        states_per_ticket.agent_wait_business_seconds,
        states_per_ticket.on_hold_seconds,
        states_per_ticket.on_hold_business_seconds,
        case
            when measured_instances.source_system is null
                then policies.first_reply_target_seconds
            else first_reply_targets.target_seconds
        end as first_reply_target_seconds,
        case
            when measured_instances.source_system is null
                then policies.resolution_target_seconds
            else resolution_targets.target_seconds
        end as resolution_target_seconds,
        coalesce(first_reply_targets.is_business_time, true) as is_first_reply_in_business_time,
        coalesce(resolution_targets.is_business_time, true) as is_resolution_in_business_time,
        coalesce(first_reply_targets.breached_at <= source_horizons.last_event_at, false)
            as is_first_reply_breached,
        coalesce(resolution_targets.breached_at <= source_horizons.last_event_at, false)
            as is_resolution_breached,
        case resolution_targets.clock
            when 'requester_wait' then states_per_ticket.first_requester_wait_seconds
            when 'agent_work' then states_per_ticket.first_agent_work_seconds
            else states_per_ticket.first_resolution_seconds
        end as target_first_resolution_seconds,
        case resolution_targets.clock
            when 'requester_wait' then states_per_ticket.first_requester_wait_business_seconds
            when 'agent_work' then states_per_ticket.first_agent_work_business_seconds
            else states_per_ticket.first_resolution_business_seconds
        end as target_first_resolution_business_seconds,
        case resolution_targets.clock
            when 'requester_wait' then states_per_ticket.requester_wait_seconds
            when 'agent_work' then states_per_ticket.agent_work_seconds
            else states_per_ticket.elapsed_seconds
        end as target_elapsed_seconds,
        case resolution_targets.clock
            when 'requester_wait' then states_per_ticket.requester_wait_business_seconds
            when 'agent_work' then states_per_ticket.agent_work_business_seconds
            else states_per_ticket.elapsed_business_seconds
        end as target_elapsed_business_seconds,
        messages_per_ticket.ticket_key is not null as are_messages_known,
        source_horizons.last_event_at as as_of
    from tickets
    inner join source_horizons
        on
            tickets.source_system = source_horizons.source_system
            and tickets.source_instance = source_horizons.source_instance
    left join states_per_ticket on tickets.ticket_key = states_per_ticket.ticket_key
    left join messages_per_ticket on tickets.ticket_key = messages_per_ticket.ticket_key
    left join responses on tickets.ticket_key = responses.ticket_key
    left join dim_queue
        on
            tickets.source_system = dim_queue.source_system
            and tickets.source_instance = dim_queue.source_instance
            and tickets.queue_code = dim_queue.queue_code
    left join dim_channel on tickets.channel_code = dim_channel.channel_code
    left join dim_contact_reason
        on
            tickets.source_system = dim_contact_reason.source_system
            and tickets.source_instance = dim_contact_reason.source_instance
            and tickets.contact_reason_code = dim_contact_reason.contact_reason_code
    left join policies
        on
            tickets.channel_code = policies.channel_code
            and tickets.priority = policies.priority
            and tickets.created_at >= policies.valid_from
            and tickets.created_at < policies.valid_to
    left join measured_instances
        on
            tickets.source_system = measured_instances.source_system
            and tickets.source_instance = measured_instances.source_instance
    left join targets_in_force as first_reply_targets
        on
            tickets.ticket_key = first_reply_targets.ticket_key
            and first_reply_targets.measure = 'first_reply'
    left join targets_in_force as resolution_targets
        on
            tickets.ticket_key = resolution_targets.ticket_key
            and resolution_targets.measure = 'resolution'

),

-- The time that counts against a target; NULL where service hours count and are not known.
targeted_tickets as (

    select
        *,
        case
            when is_first_reply_in_business_time then response_business_seconds
            else response_seconds
        end as targeted_response_seconds,
        case
            when not is_first_reply_in_business_time
                then coalesce(first_resolution_seconds, elapsed_seconds)
            when is_business_known
                then coalesce(first_resolution_business_seconds, elapsed_business_seconds)
        end as unanswered_seconds,
        case
            when not is_resolution_in_business_time then target_first_resolution_seconds
            when is_business_known then target_first_resolution_business_seconds
        end as targeted_resolution_seconds,
        case
            when not is_resolution_in_business_time then target_elapsed_seconds
            when is_business_known then target_elapsed_business_seconds
        end as unsolved_seconds
    from measured_tickets

),

-- A target is due when it is decided: by the reply or solution, or by its time running out. Nobody
-- owes a first reply to a ticket that an agent opened, nor after the solution.
judged_tickets as (

    select
        *,
        case when is_business_known then 1 else 0 end as business_known_count,
        case when first_solved_at is not null then created_count else 0 end as solved_count,
        case when not is_open then created_count else 0 end as full_resolution_known_count,
        case when responded_at is not null then created_count else 0 end as responded_count,
        case
            when opened_by_agent or first_reply_target_seconds is null then 0
            when is_first_reply_breached then created_count
            when targeted_response_seconds is not null then created_count
            when
                responded_at is null
                and are_messages_known
                and unanswered_seconds > first_reply_target_seconds
                then created_count
            else 0
        end as first_reply_due_count,
        case
            when opened_by_agent or is_first_reply_breached then 0
            when targeted_response_seconds <= first_reply_target_seconds then created_count
            else 0
        end as first_reply_met_count,
        case
            when resolution_target_seconds is null then 0
            when is_resolution_breached then created_count
            when targeted_resolution_seconds is not null then created_count
            when unsolved_seconds > resolution_target_seconds then created_count
            else 0
        end as resolution_due_count,
        case
            when
                not is_resolution_breached
                and targeted_resolution_seconds <= resolution_target_seconds
                then created_count
            else 0
        end as resolution_met_count
    from targeted_tickets

),

fact_tickets as (

    select
        ticket_key,
        coalesce(contact_key, -1) as contact_key,
        queue_key,
        channel_key,
        contact_reason_key,
        source_system,
        source_instance,
        source_ticket_id,

        queue_name,
        channel_name,
        contact_reason_name,
        priority,
        status,
        exclusion_reason,

        created_count,
        solved_count,
        cast(all_reopen_count * created_count as int) as reopen_count,
        case when all_reopen_count > 0 then created_count else 0 end as reopened_count,
        cast(all_reply_count * created_count as int) as reply_count,
        cast(all_reply_count * full_resolution_known_count as int) as solved_reply_count,
        case when all_reply_count = 1 and all_reopen_count = 0 then solved_count else 0 end
            as one_touch_count,
        responded_count,
        case when response_business_seconds is null then 0 else responded_count end
            as responded_business_known_count,
        solved_count as first_resolution_known_count,
        full_resolution_known_count,
        solved_count * business_known_count as first_resolution_business_known_count,
        full_resolution_known_count * business_known_count
            as full_resolution_business_known_count,

        response_seconds as first_response_seconds,
        response_business_seconds as first_response_business_seconds,
        cast(first_resolution_seconds as decimal(18, 3)) as first_resolution_seconds,
        case
            when is_business_known
                then cast(first_resolution_business_seconds as decimal(18, 3))
        end as first_resolution_business_seconds,
        case when not is_open then cast(full_resolution_seconds as decimal(18, 3)) end
            as full_resolution_seconds,
        case
            when not is_open and is_business_known
                then cast(full_resolution_business_seconds as decimal(18, 3))
        end as full_resolution_business_seconds,
        cast(requester_wait_seconds as decimal(18, 3)) as requester_wait_seconds,
        case
            when is_business_known
                then cast(requester_wait_business_seconds as decimal(18, 3))
        end as requester_wait_business_seconds,
        cast(agent_wait_seconds as decimal(18, 3)) as agent_wait_seconds,
        case when is_business_known then cast(agent_wait_business_seconds as decimal(18, 3)) end
            as agent_wait_business_seconds,
        cast(on_hold_seconds as decimal(18, 3)) as on_hold_seconds,
        case when is_business_known then cast(on_hold_business_seconds as decimal(18, 3)) end
            as on_hold_business_seconds,
        case
            when full_resolution_known_count = 1 then cast(requester_wait_seconds as decimal(18, 3))
        end as solved_requester_wait_seconds,
        case
            when full_resolution_known_count = 1 then cast(agent_wait_seconds as decimal(18, 3))
        end as solved_agent_wait_seconds,

        first_reply_target_seconds,
        resolution_target_seconds,
        case
            when first_reply_due_count > 0
                then cast(coalesce(targeted_response_seconds, unanswered_seconds) as decimal(18, 3))
        end as first_reply_counted_seconds,
        case
            when resolution_due_count > 0
                then cast(
                    coalesce(targeted_resolution_seconds, unsolved_seconds) as decimal(18, 3)
                )
        end as resolution_counted_seconds,
        first_reply_due_count,
        first_reply_met_count,
        resolution_due_count,
        resolution_met_count,
        cast(first_reply_due_count + resolution_due_count as int) as sla_due_count,
        cast(first_reply_met_count + resolution_met_count as int) as sla_met_count,

        is_linked_contact,
        opened_by_agent as is_opened_by_agent,
        is_open,
        is_excluded,
        -- What is solved may be reopened; what is closed may not.
        status = 'closed' as is_final,

        created_at,
        responded_at as first_responded_at,
        first_solved_at,
        case when not is_open then last_solved_at end as solved_at,
        {{ reporting_date('created_at') }} as created_date,
        as_of,

        dq_flag,
        source_file,
        source_row,
        loaded_at
    from judged_tickets

)

select * from fact_tickets
