-- One row per contact or blocked attempt, with all that does not change when a day passes.
{{ config(
    schema='intermediate',
    access='private',
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook='{{ forget_touched_paths() }}',
    post_hook='{{ note_touched_paths() }}'
) }}

with

contacts as (

    select * from {{ ref('int_contacts') }}
    {{ of_touched_contacts('started_at') }}

),

blocked_attempts as (

    select * from {{ ref('int_blocked_attempts') }}
    {{ of_touched_paths() }}

),

queue_visits as {{ inlined() }} (

    select * from {{ ref('fact_queue_visits') }}
    {{ of_touched_contacts('offered_at') }}

),

agent_legs as {{ inlined() }} (

    select * from {{ ref('fact_agent_legs') }}
    {{ of_touched_contacts('connected_at') }}

),

self_service_sessions as (

    select * from {{ ref('fact_self_service_sessions') }}
    {{ of_touched_contacts('started_at') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

dim_contact_reason as (

    select * from {{ ref('dim_contact_reason') }}

),

dim_outcome as (

    select * from {{ ref('dim_outcome') }}

),

contact_repeats as (

    select * from {{ ref('int_contact_repeats') }}

),

repeat_windows as (

    select * from {{ ref('int_kpi_limits') }}
    where limit_code = 'repeat_window'

),

contact_assessments as (

    select * from {{ ref('int_contact_assessments') }}

),

primary_dispositions as (

    select * from {{ ref('fact_contact_dispositions') }}
    where is_primary

),

contacts_and_attempts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        previous_contact_key,
        direction,
        channel_code,
        customer_key,
        identity_confidence,
        contact_reason_code,
        disposition,
        extension,
        exclusion_reason,
        is_excluded,
        false as is_blocked,
        started_at,
        ended_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from contacts

    union all

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        null as previous_contact_key,
        direction,
        channel_code,
        customer_key,
        identity_confidence,
        null as contact_reason_code,
        null as disposition,
        extension,
        null as exclusion_reason,
        false as is_excluded,
        true as is_blocked,
        attempted_at as started_at,
        attempted_at as ended_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from blocked_attempts

),

visits as {{ inlined() }} (

    select
        contact_key,
        visit_key,
        offered_at,
        answered_at,
        queue_key,
        queue_name,
        outcome,
        outcome = 'answered' and answered_at is not null as is_answered,
        -- Nobody waits in the queue for a callback; that time is reported on its visit.
        case when coalesce(visit_type, '') <> 'callback' then wait_seconds end as wait_seconds
    from queue_visits

),

contacts_with_visits as (

    select contact_key
    from visits
    group by contact_key
    having count(*) > 1

),

-- Most contacts have one visit, of which nothing has to be added up.
visits_per_contact as (

    select
        visits.contact_key,
        1 as queue_visit_count,
        visits.wait_seconds,
        visits.queue_key as entry_queue_key,
        visits.queue_name as entry_queue_name,
        case when visits.is_answered then visits.queue_key end as handling_queue_key,
        visits.queue_name as queue_path,
        visits.outcome as last_outcome
    from visits
    left join contacts_with_visits on visits.contact_key = contacts_with_visits.contact_key
    where contacts_with_visits.contact_key is null

    union all

    select
        visits.contact_key,
        cast(count(*) as int) as queue_visit_count,
        cast(sum(visits.wait_seconds) as decimal(18, 3)) as wait_seconds,
        {{ value_at_first('visits.queue_key', '(visits.offered_at, visits.visit_key)') }}
            as entry_queue_key,
        {{ value_at_first('visits.queue_name', '(visits.offered_at, visits.visit_key)') }}
            as entry_queue_name,
        {{ value_at_last(
            'visits.queue_key',
            'case when visits.is_answered then (visits.answered_at, visits.visit_key) end'
        ) }} as handling_queue_key,
        {{ joined_texts('visits.queue_name', "' > '", 'visits.offered_at, visits.visit_key') }}
            as queue_path,
        {{ value_at_last('visits.outcome', '(visits.offered_at, visits.visit_key)') }}
            as last_outcome
    from visits
    inner join contacts_with_visits on visits.contact_key = contacts_with_visits.contact_key
    group by visits.contact_key

),

legs as {{ inlined() }} (

    select
        contact_key,
        leg_key,
        agent_key,
        agent_name,
        team_name,
        handled_count,
        transferred_count,
        transfer_known_count,
        transfer_reason,
        connected_at,
        ended_at,
        leg_type in ('customer', 'conference') as is_with_customer,
        case
            when leg_type = 'customer' then agent_name
            else concat(agent_name, ' (', leg_type, ')')
        end as agent_and_role,
        case when leg_type in ('customer', 'conference') then connected_seconds end
            as connected_seconds,
        case when leg_type in ('customer', 'conference') then hold_seconds end as hold_seconds,
        case when leg_type in ('customer', 'conference') then after_contact_work_seconds end
            as after_contact_work_seconds,
        case when leg_type in ('customer', 'conference') then handle_seconds end as handle_seconds
    from agent_legs

),

contacts_with_legs as (

    select contact_key
    from legs
    group by contact_key
    having count(*) > 1

),

-- Two agents with the customer at once both worked; the customer's own time passed only once.
legs_in_order as (

    select
        legs.*,
        max(case when legs.is_with_customer then legs.ended_at end) over (
            partition by legs.contact_key
            order by legs.connected_at, legs.leg_key
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from legs
    inner join contacts_with_legs on legs.contact_key = contacts_with_legs.contact_key

),

legs_per_contact as (

    select
        legs.contact_key,
        1 as agent_leg_count,
        legs.transferred_count as transfer_count,
        legs.handled_count = legs.transfer_known_count as are_transfers_known,
        legs.is_with_customer as has_reached_agent,
        case when legs.is_with_customer then legs.agent_key end as handling_agent_key,
        case when legs.is_with_customer then legs.agent_name end as handling_agent_name,
        case when legs.is_with_customer then legs.team_name end as handling_team_name,
        legs.connected_seconds as leg_connected_seconds,
        case
            when legs.is_with_customer
                then {{ seconds_between('legs.connected_at', 'legs.ended_at') }}
        end as contact_connected_seconds,
        legs.hold_seconds,
        legs.after_contact_work_seconds,
        legs.handle_seconds,
        legs.agent_and_role as agent_path,
        legs.transfer_reason as transfer_reasons
    from legs
    left join contacts_with_legs on legs.contact_key = contacts_with_legs.contact_key
    where contacts_with_legs.contact_key is null

    union all

    select
        contact_key,
        cast(count(*) as int) as agent_leg_count,
        cast(sum(transferred_count) as int) as transfer_count,
        sum(handled_count) = sum(transfer_known_count) as are_transfers_known,
        bool_or(is_with_customer) as has_reached_agent,
        {{ value_at_last(
            'agent_key', 'case when is_with_customer then (connected_at, leg_key) end'
        ) }} as handling_agent_key,
        {{ value_at_last(
            'agent_name', 'case when is_with_customer then (connected_at, leg_key) end'
        ) }} as handling_agent_name,
        {{ value_at_last(
            'team_name', 'case when is_with_customer then (connected_at, leg_key) end'
        ) }} as handling_team_name,
        cast(sum(connected_seconds) as decimal(18, 3)) as leg_connected_seconds,
        cast(
            sum(
                case
                    when not is_with_customer then null
                    when covered_until is null or covered_until <= connected_at
                        then {{ seconds_between('connected_at', 'ended_at') }}
                    when covered_until < ended_at
                        then {{ seconds_between('covered_until', 'ended_at') }}
                    else 0
                end
            ) as decimal(18, 3)
        ) as contact_connected_seconds,
        cast(sum(hold_seconds) as decimal(18, 3)) as hold_seconds,
        cast(sum(after_contact_work_seconds) as decimal(18, 3)) as after_contact_work_seconds,
        cast(sum(handle_seconds) as decimal(18, 3)) as handle_seconds,
        {{ joined_texts('agent_and_role', "' > '", 'connected_at, leg_key') }} as agent_path,
        {{ joined_texts('transfer_reason', "', '", 'connected_at, leg_key') }} as transfer_reasons
    from legs_in_order
    group by contact_key

),

sessions_per_contact as (

    select
        contact_key,
        bool_or(is_contained) as is_contained
    from self_service_sessions
    group by contact_key

),

contacts_with_path as (

    select
        contacts_and_attempts.*,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        -- A channel we do not know is judged as a telephone.
        coalesce(dim_channel.channel_family, 'voice') as channel_family,
        case
            when contacts_and_attempts.is_blocked then -1
            -- Why we call is the campaign's business.
            when
                contacts_and_attempts.direction = 'outbound'
                and contacts_and_attempts.contact_reason_code is null
                then -1
            else coalesce(dim_contact_reason.contact_reason_key, -2)
        end as contact_reason_key,
        coalesce(dim_contact_reason.contact_reason_name, 'Unknown') as contact_reason_name,
        coalesce(visits_per_contact.queue_visit_count, 0) as queue_visit_count,
        visits_per_contact.wait_seconds,
        coalesce(visits_per_contact.entry_queue_key, -1) as entry_queue_key,
        visits_per_contact.queue_path,
        coalesce(visits_per_contact.entry_queue_name, 'No queue') as entry_queue_name,
        coalesce(visits_per_contact.handling_queue_key, -1) as handling_queue_key,
        coalesce(legs_per_contact.agent_leg_count, 0) as agent_leg_count,
        coalesce(legs_per_contact.transfer_count, 0) as transfer_count,
        coalesce(legs_per_contact.are_transfers_known, false) as are_transfers_known,
        coalesce(legs_per_contact.handling_agent_key, -1) as handling_agent_key,
        coalesce(legs_per_contact.handling_agent_name, 'No agent') as handling_agent_name,
        coalesce(legs_per_contact.handling_team_name, 'Unassigned') as handling_team_name,
        legs_per_contact.leg_connected_seconds,
        legs_per_contact.contact_connected_seconds,
        legs_per_contact.hold_seconds,
        legs_per_contact.after_contact_work_seconds,
        legs_per_contact.handle_seconds,
        legs_per_contact.agent_path,
        legs_per_contact.transfer_reasons,
        coalesce(legs_per_contact.has_reached_agent, false) as has_reached_agent,
        coalesce(legs_per_contact.has_reached_agent, false)
        and coalesce(visits_per_contact.last_outcome in ('abandoned', 'short_abandoned'), false)
            as is_abandoned_after_transfer,
        coalesce(sessions_per_contact.is_contained, false)
        and legs_per_contact.agent_leg_count is null
        and visits_per_contact.queue_visit_count is null
            as is_contained,
        case
            when contacts_and_attempts.is_blocked then 'blocked'
            when legs_per_contact.has_reached_agent then 'answered'
            when visits_per_contact.last_outcome is not null
                then visits_per_contact.last_outcome
            when sessions_per_contact.is_contained then 'contained'
            when contacts_and_attempts.ended_at is not null then 'not_offered'
            else 'open'
        end as outcome
    from contacts_and_attempts
    left join dim_channel on contacts_and_attempts.channel_code = dim_channel.channel_code
    left join dim_contact_reason
        on
            contacts_and_attempts.source_system = dim_contact_reason.source_system
            and contacts_and_attempts.source_instance = dim_contact_reason.source_instance
            and contacts_and_attempts.contact_reason_code
            = dim_contact_reason.contact_reason_code
    left join visits_per_contact
        on contacts_and_attempts.contact_key = visits_per_contact.contact_key
    left join legs_per_contact
        on contacts_and_attempts.contact_key = legs_per_contact.contact_key
    left join sessions_per_contact
        on contacts_and_attempts.contact_key = sessions_per_contact.contact_key

),

-- How far away the neighbors are, and the window in force at the start.
contacts_with_neighbors as (

    select
        contacts_with_path.*,
        contact_repeats.contact_key is not null as is_identified,
        coalesce(contact_repeats.is_retry, false) as is_retry,
        contact_repeats.earlier_contact_key,
        {{ seconds_between('contact_repeats.previous_contact_at',
                           'contacts_with_path.started_at') }}
            as previous_contact_seconds,
        {{ seconds_between('contacts_with_path.started_at', 'contact_repeats.next_contact_at') }}
            as next_contact_seconds,
        repeat_windows.limit_seconds as repeat_window_seconds
    from contacts_with_path
    left join contact_repeats
        on contacts_with_path.contact_key = contact_repeats.contact_key
    left join repeat_windows
        on
            contacts_with_path.started_at >= repeat_windows.valid_from
            and contacts_with_path.started_at < repeat_windows.valid_to

),

-- Which contacts the customer KPIs look at is decided here and nowhere else.
counted_contacts as (

    select
        contacts_with_neighbors.*,
        case
            when
                contacts_with_neighbors.direction = 'inbound'
                and not contacts_with_neighbors.is_blocked
                and not contacts_with_neighbors.is_excluded
                then 1
            else 0
        end as contact_count,
        case
            when contacts_with_neighbors.is_identified and not contacts_with_neighbors.is_retry
                then 1
            else 0
        end as repeat_candidate_count,
        case
            when
                contacts_with_neighbors.is_identified
                and contacts_with_neighbors.has_reached_agent
                then 1
            else 0
        end as resolution_candidate_count,
        case
            when primary_dispositions.contact_key is not null
                then primary_dispositions.disposition_key
            -- Without an agent nobody could set a code; without records of codes nobody knows them.
            when contacts_with_neighbors.has_reached_agent then -2
            else -1
        end as disposition_key,
        primary_dispositions.disposition_name,
        primary_dispositions.category as disposition_category,
        coalesce(primary_dispositions.code_count, 0) as code_count,
        contact_assessments.is_resolved,
        contact_assessments.is_complaint,
        contact_assessments.is_escalated,
        contact_assessments.tried_self_service,
        contact_assessments.sentiment_score
    from contacts_with_neighbors
    left join contact_assessments
        on contacts_with_neighbors.contact_key = contact_assessments.contact_key
    left join primary_dispositions
        on contacts_with_neighbors.contact_key = primary_dispositions.contact_key

),

contact_paths as (

    select
        counted_contacts.contact_key,
        counted_contacts.previous_contact_key,
        counted_contacts.earlier_contact_key,
        counted_contacts.channel_key,
        counted_contacts.customer_key,
        counted_contacts.contact_reason_key,
        dim_outcome.outcome_key,
        counted_contacts.entry_queue_key,
        counted_contacts.handling_queue_key,
        counted_contacts.handling_agent_key,
        counted_contacts.disposition_key,
        counted_contacts.source_system,
        counted_contacts.source_instance,
        counted_contacts.source_contact_id,

        counted_contacts.direction,
        counted_contacts.identity_confidence,
        counted_contacts.channel_family,
        counted_contacts.channel_name,
        counted_contacts.contact_reason_name,
        counted_contacts.outcome,
        counted_contacts.entry_queue_name,
        counted_contacts.handling_agent_name,
        counted_contacts.handling_team_name,
        counted_contacts.queue_path,
        counted_contacts.agent_path,
        counted_contacts.transfer_reasons,
        counted_contacts.disposition,
        coalesce(
            counted_contacts.disposition_name,
            case when counted_contacts.disposition_key = -2 then 'Unknown' else 'Not applicable' end
        ) as disposition_name,
        coalesce(
            counted_contacts.disposition_category,
            case when counted_contacts.disposition_key = -2 then 'Unknown' else 'None' end
        ) as disposition_category,
        counted_contacts.extension,
        counted_contacts.exclusion_reason,

        counted_contacts.wait_seconds,
        counted_contacts.leg_connected_seconds,
        counted_contacts.contact_connected_seconds,
        counted_contacts.hold_seconds,
        counted_contacts.after_contact_work_seconds,
        counted_contacts.handle_seconds,
        counted_contacts.sentiment_score,
        counted_contacts.previous_contact_seconds,
        counted_contacts.next_contact_seconds,
        counted_contacts.repeat_window_seconds,

        counted_contacts.queue_visit_count,
        counted_contacts.agent_leg_count,
        counted_contacts.transfer_count,
        counted_contacts.contact_count,
        case when counted_contacts.is_blocked then 1 else 0 end as blocked_count,
        -- Without records of blocked attempts nobody knows their share. Only trunks can be busy.
        case
            when
                counted_contacts.source_system
                not in ({{ sources_that_deliver('blocked_attempts') }})
                or counted_contacts.channel_family <> 'voice'
                then 0
            when counted_contacts.is_blocked then 1
            else counted_contacts.contact_count
        end as attempt_count,
        case
            when counted_contacts.identity_confidence = 'anonymous'
                then counted_contacts.contact_count
            else 0
        end as anonymous_count,
        case
            when counted_contacts.identity_confidence = 'shared'
                then counted_contacts.contact_count
            else 0
        end as shared_identity_count,
        case when counted_contacts.is_retry then counted_contacts.contact_count else 0 end
            as retry_count,
        case
            when counted_contacts.has_reached_agent and counted_contacts.are_transfers_known
                then cast(counted_contacts.transfer_count * counted_contacts.contact_count as int)
            else 0
        end as handoff_count,
        case
            when counted_contacts.has_reached_agent and counted_contacts.are_transfers_known
                then counted_contacts.contact_count
            else 0
        end as handoff_known_count,
        counted_contacts.repeat_candidate_count,
        counted_contacts.resolution_candidate_count,
        counted_contacts.code_count,
        -- Without an agent on the contact a flag is no agent's word.
        case
            when counted_contacts.has_reached_agent and counted_contacts.is_resolved is not null
                then counted_contacts.contact_count
            else 0
        end as resolved_known_count,
        case
            when counted_contacts.has_reached_agent and counted_contacts.is_resolved
                then counted_contacts.contact_count
            else 0
        end as resolved_count,
        case
            when counted_contacts.is_complaint is null then 0
            else counted_contacts.contact_count
        end as complaint_known_count,
        case when counted_contacts.is_complaint then counted_contacts.contact_count else 0 end
            as complaint_count,
        case
            when counted_contacts.is_escalated is null then 0
            else counted_contacts.contact_count
        end as escalated_known_count,
        case when counted_contacts.is_escalated then counted_contacts.contact_count else 0 end
            as escalated_count,
        case
            when counted_contacts.tried_self_service is null then 0
            else counted_contacts.contact_count
        end as self_service_tried_known_count,
        case when counted_contacts.tried_self_service then counted_contacts.contact_count else 0 end
            as self_service_tried_count,
        case
            when counted_contacts.sentiment_score is null then 0
            else counted_contacts.contact_count
        end as sentiment_known_count,
        case
            when counted_contacts.sentiment_score < 0 then counted_contacts.contact_count
            else 0
        end as negative_sentiment_count,
        cast(counted_contacts.sentiment_score * counted_contacts.contact_count as decimal(9, 3))
            as counted_sentiment_score,
        case when counted_contacts.is_contained then counted_contacts.contact_count else 0 end
            as self_served_count,
        case when counted_contacts.has_reached_agent then counted_contacts.contact_count else 0 end
            as assisted_count,
        case
            when counted_contacts.contact_reason_key >= 0 then counted_contacts.contact_count
            else 0
        end as reason_known_count,
        case
            when counted_contacts.contact_reason_key >= 0 then 0
            else counted_contacts.contact_count
        end as reason_unknown_count,
        case
            when counted_contacts.is_blocked or counted_contacts.is_excluded then 0
            when counted_contacts.direction in ('inbound', 'outbound') then 1
            else 0
        end as inbound_or_outbound_count,

        counted_contacts.is_blocked,
        counted_contacts.is_contained,
        counted_contacts.is_excluded,
        counted_contacts.has_reached_agent,
        counted_contacts.is_abandoned_after_transfer,
        counted_contacts.is_resolved,
        counted_contacts.is_complaint,
        counted_contacts.is_escalated,
        counted_contacts.tried_self_service,

        counted_contacts.started_at,
        counted_contacts.ended_at,
        {{ reporting_date('counted_contacts.started_at') }} as started_date,

        counted_contacts.dq_flag,
        counted_contacts.source_file,
        counted_contacts.source_row,
        counted_contacts.loaded_at
    from counted_contacts
    inner join dim_outcome on counted_contacts.outcome = dim_outcome.outcome

)

select * from contact_paths
