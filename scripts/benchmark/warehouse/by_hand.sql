-- The limit: the core marts of the warehouse from the landed files, by hand and without dbt.
--
-- It gives the numbers that the warehouse gives for files as clean as those of the benchmark, and
-- knows what these do not hold: no rows twice or of several versions, no value that cannot be read,
-- no contact of our own making, no self service, no busy trunk, no agent on two contacts at a time.
-- Columns of lineage and quality are left out. Variables: landing and seeds (folders), salt.

create schema marts;
create schema kpis;

-- Keys of the warehouse: the leading bits of the md5 over parts that stand behind their lengths.
create macro key_of(text) as cast(cast('0x' || left(md5(text), 16) as ubigint) >> 1 as bigint);
create macro source_key(entity, id) as
key_of(length(entity) || ':' || entity || ':5:files:7:default:' || length(id) || ':' || id);
create macro reference_key(entity, id) as
key_of(length(entity) || ':' || entity || ':9:reference:7:default:' || length(id) || ':' || id);
create macro seconds_between(from_at, to_at) as
cast(date_diff('microsecond', from_at, to_at) / 1000000.0 as decimal(18, 3));

-- Dimensions, as small as the facts need them.
create table channels as
select
    channel_code,
    reference_key('channel', channel_code) as channel_key,
    channel_name,
    channel_family,
    cast(service_level_threshold_seconds as decimal(18, 3)) as service_level_threshold_seconds,
    cast(service_level_target as decimal(5, 4)) as service_level_target,
    cast(short_abandon_seconds as decimal(18, 3)) as short_abandon_seconds,
    counts_abandonment
from read_csv(getvariable('seeds') || '/channels.csv');

create table exit_reasons as
select
    exit_reason,
    outcome,
    flow_out_kind
from read_csv(getvariable('seeds') || '/exit_reasons.csv');

create table outcomes as
select
    outcome,
    reference_key('outcome', outcome) as outcome_key
from read_csv(getvariable('seeds') || '/outcomes.csv');

create table reasons as
select
    contact_reason_code,
    source_key('contact_reason', contact_reason_code) as contact_reason_key,
    contact_reason_name
from read_parquet(getvariable('landing') || '/contact_reasons*.parquet');

create table queues as
select
    queue_code,
    source_key('queue', queue_code) as queue_key,
    queue_name
from read_parquet(getvariable('landing') || '/queues*.parquet');

create table agents as
with

versions as (
    select
        cast(agent_code as varchar) as agent_code,
        agent_name,
        team_code,
        coalesce(valid_from, timestamp '1900-01-01') as valid_from,
        coalesce(
            lead(valid_from) over (partition by agent_code order by valid_from nulls first),
            timestamp '9999-12-31'
        ) as valid_to
    from read_parquet(getvariable('landing') || '/agents*.parquet')
)

select
    cast(versions.agent_code as bigint) as agent_code,
    key_of(
        '5:agent:5:files:7:default:' || length(versions.agent_code) || ':' || versions.agent_code
        || ':19:' || cast(versions.valid_from as varchar)
    ) as agent_key,
    'files:default:' || versions.agent_code as agent_id,
    versions.agent_name,
    source_key('team', teams.team_code) as team_key,
    teams.team_name,
    versions.valid_from,
    versions.valid_to
from versions
inner join read_parquet(getvariable('landing') || '/teams*.parquet') as teams
    on versions.team_code = teams.team_code;

-- Between which instants the first and the last thing happened, and which local date a UTC hour
-- belongs to: the clock of New York stands on whole hours.
create table horizon as
select
    least(contacts.first_at, states.first_at) as data_from,
    greatest(contacts.last_at, states.last_at) as as_of,
    contacts.first_at as contacts_from,
    contacts.last_start_at as contacts_until
from (
    select
        min(started_at) as first_at,
        max(coalesce(ended_at, started_at)) as last_at,
        max(started_at) as last_start_at
    from read_parquet(getvariable('landing') || '/contacts*.parquet')
) as contacts
cross join (
    select
        min(event_at) as first_at,
        max(event_at) as last_at
    from read_parquet(getvariable('landing') || '/agent_state_events*.parquet')
) as states;

create table hours as
select
    hour_at,
    cast(hour_at at time zone 'UTC' at time zone 'America/New_York' as date) as local_date,
    extract(hour from hour_at at time zone 'UTC' at time zone 'America/New_York') between 7 and 21
    and local_date not in (
        select holiday_date
        from read_parquet(getvariable('landing') || '/calendar_holidays*.parquet')
    ) as is_open
from (
    select
        unnest(
            generate_series(date_trunc('hour', data_from), as_of + interval 1 day, interval 1 hour)
        ) as hour_at
    from horizon
);

-- Each customer is hashed once, and known by a number to whatever sorts and joins.
create temp table customers as
select
    customer_id,
    customer_address,
    source_key(
        'customer',
        sha256(
            getvariable('salt') || ':'
            || coalesce(cast(customer_id as varchar), translate(customer_address, ' ()-./+', ''))
        )
    ) as customer_key
from (
    select distinct
        customer_id,
        case when customer_id is null then customer_address end as customer_address
    from read_parquet(getvariable('landing') || '/contacts*.parquet')
    where customer_id is not null or customer_address is not null
);

-- The contacts, with their keys.
create temp table contacts as
select
    landed.contact_id,
    source_key('contact', cast(landed.contact_id as varchar)) as contact_key,
    landed.channel_code,
    coalesce(by_id.customer_key, by_address.customer_key) as customer_key,
    by_id.customer_key is not null as is_certain,
    coalesce(reasons.contact_reason_key, -2) as contact_reason_key,
    landed.disposition,
    landed.extension,
    landed.exclusion_reason,
    landed.exclusion_reason is not null as is_excluded,
    landed.started_at,
    landed.ended_at
from read_parquet(getvariable('landing') || '/contacts*.parquet') as landed
left join reasons on landed.contact_reason_code = reasons.contact_reason_code
left join (select * from customers where customer_id is not null) as by_id
    on landed.customer_id = by_id.customer_id
left join (select * from customers where customer_id is null) as by_address
    on landed.customer_id is null and landed.customer_address = by_address.customer_address;

create table marts.fact_queue_visits as
with

judged_visits as (
    select
        visits.visit_id,
        contacts.contact_id,
        contacts.contact_key,
        queues.queue_key,
        channels.channel_key,
        contacts.contact_reason_key,
        queues.queue_name,
        channels.channel_name,
        visits.visit_type,
        case
            when exit_reasons.exit_reason = 'abandoned'
                and visits.wait_seconds < channels.short_abandon_seconds
                then 'short_abandoned'
            else exit_reasons.outcome
        end as outcome,
        exit_reasons.exit_reason,
        exit_reasons.flow_out_kind,
        cast(visits.wait_seconds as decimal(18, 3)) as wait_seconds,
        channels.service_level_threshold_seconds,
        channels.service_level_target,
        channels.short_abandon_seconds,
        channels.counts_abandonment,
        contacts.is_excluded,
        case when contacts.is_excluded then 0 else 1 end as offered_count,
        case when visits.wait_seconds <= channels.service_level_threshold_seconds then 1 else 0 end
            as in_threshold_count,
        hours.is_open as is_in_service_hours,
        visits.offered_at,
        visits.answered_at,
        visits.exited_at,
        hours.local_date as offered_date
    from read_parquet(getvariable('landing') || '/queue_visits*.parquet') as visits
    inner join contacts on visits.contact_id = contacts.contact_id
    inner join channels on contacts.channel_code = channels.channel_code
    inner join queues on visits.queue_code = queues.queue_code
    -- Who wrote cannot hang up.
    inner join exit_reasons
        on exit_reasons.exit_reason = case
            when visits.exit_reason = 'abandoned' and not channels.counts_abandonment
                then 'solved_without_reply'
            else visits.exit_reason
        end
    inner join hours on date_trunc('hour', visits.offered_at) = hours.hour_at
),

counted_visits as (
    select
        *,
        case when counts_abandonment then offered_count else 0 end as abandonment_eligible_count,
        case when outcome = 'answered' then offered_count else 0 end as answered_count,
        case when outcome = 'abandoned' then offered_count else 0 end as abandoned_count,
        case when outcome = 'short_abandoned' then offered_count else 0 end
            as short_abandoned_count,
        case when flow_out_kind = 'redirected' then offered_count else 0 end as redirected_count,
        case when flow_out_kind = 'missed' then offered_count else 0 end as missed_count,
        case when exit_reason = 'callback_requested' then offered_count else 0 end
            as callback_requested_count
    from judged_visits
)

select
    source_key('queue_visit', cast(visit_id as varchar)) as visit_key,
    contact_key,
    queue_key,
    channel_key,
    counted_visits.contact_reason_key,
    'files' as source_system,
    'default' as source_instance,
    queue_name,
    channel_name,
    coalesce(reasons.contact_reason_name, 'Unknown') as contact_reason_name,
    'inbound' as direction,
    visit_type,
    outcome,
    exit_reason,
    wait_seconds,
    service_level_threshold_seconds,
    service_level_threshold_seconds as current_service_level_threshold_seconds,
    service_level_target,
    short_abandon_seconds,
    offered_count,
    abandonment_eligible_count,
    answered_count,
    answered_count * in_threshold_count as answered_in_threshold_count,
    abandoned_count,
    abandoned_count * in_threshold_count as abandoned_in_threshold_count,
    short_abandoned_count,
    redirected_count,
    missed_count,
    callback_requested_count,
    callback_requested_count * in_threshold_count as callback_requested_in_threshold_count,
    0 as open_count,
    answered_count as answered_wait_known_count,
    abandoned_count as abandoned_wait_known_count,
    offered_count as wait_known_count,
    answered_count * wait_seconds as answered_wait_seconds,
    abandoned_count * wait_seconds as abandoned_wait_seconds,
    short_abandoned_count * wait_seconds as short_abandoned_wait_seconds,
    (redirected_count + missed_count) * wait_seconds as flowed_out_wait_seconds,
    case when offered_count = 1 then wait_seconds end as ended_wait_seconds,
    case when offered_count = 1 then wait_seconds end as longest_wait_seconds,
    0 as callback_count,
    0 as callback_reached_count,
    0 as callback_failed_count,
    cast(0 as decimal(18, 3)) as callback_wait_seconds,
    true as was_queued,
    is_excluded,
    is_in_service_hours,
    true as is_final,
    offered_at,
    answered_at,
    exited_at,
    offered_date,
    cast(null as timestamp) as as_of
from counted_visits
left join reasons on counted_visits.contact_reason_key = reasons.contact_reason_key;

create table marts.fact_agent_legs as
with

judged_legs as (
    select
        legs.*,
        contacts.contact_key,
        contacts.channel_code,
        contacts.is_excluded,
        coalesce(visits.visit_key, -1) as visit_key,
        visits.offered_at,
        case when legs.leg_type = 'customer' and not contacts.is_excluded then 1 else 0 end
            as handled_count
    from read_parquet(getvariable('landing') || '/agent_legs*.parquet') as legs
    inner join contacts on legs.contact_id = contacts.contact_id
    left join (
        select
            visit_id,
            source_key('queue_visit', cast(visit_id as varchar)) as visit_key,
            offered_at
        from read_parquet(getvariable('landing') || '/queue_visits*.parquet')
    ) as visits on legs.visit_id = visits.visit_id
)

select
    source_key('agent_leg', cast(legs.leg_id as varchar)) as leg_key,
    legs.contact_key,
    legs.visit_key,
    agents.agent_key,
    agents.team_key,
    queues.queue_key,
    channels.channel_key,
    'files' as source_system,
    'default' as source_instance,
    agents.agent_id,
    agents.agent_name,
    agents.team_name,
    queues.queue_name,
    channels.channel_name,
    'inbound' as direction,
    legs.leg_type,
    legs.transfer_type,
    cast(null as varchar) as transfer_reason,
    cast(null as decimal(18, 3)) as dial_seconds,
    cast(legs.ring_seconds as decimal(18, 3)) as ring_seconds,
    cast(legs.connected_seconds as decimal(18, 3)) as connected_seconds,
    cast(legs.connected_seconds - legs.hold_seconds as decimal(18, 3)) as talk_seconds,
    cast(legs.hold_seconds as decimal(18, 3)) as hold_seconds,
    cast(legs.after_contact_work_seconds as decimal(18, 3)) as after_contact_work_seconds,
    cast(legs.connected_seconds + legs.after_contact_work_seconds as decimal(18, 3))
        as handle_seconds,
    -- Nobody is on two contacts at a time, so no second is shared.
    seconds_between(legs.connected_at, legs.ended_at) as split_seconds,
    cast(legs.after_contact_work_seconds as decimal(18, 3)) as split_after_contact_work_seconds,
    legs.handled_count,
    case when legs.transfer_type in ('blind', 'warm') then legs.handled_count else 0 end
        as transferred_count,
    case when legs.transfer_type = 'consult' then legs.handled_count else 0 end as consulted_count,
    0 as conferenced_count,
    legs.handled_count as transfer_known_count,
    legs.handled_count as handle_known_count,
    case when legs.hold_seconds > 0 then legs.handled_count else 0 end as held_count,
    legs.handled_count as hold_known_count,
    legs.handled_count as after_contact_work_known_count,
    legs.is_excluded,
    legs.offered_at,
    legs.connected_at,
    legs.ended_at,
    coalesce(offered_hours.local_date, connected_hours.local_date) as offered_date,
    connected_hours.local_date as connected_date
from judged_legs as legs
inner join channels on legs.channel_code = channels.channel_code
inner join queues on legs.queue_code = queues.queue_code
inner join agents
    on
        legs.agent_code = agents.agent_code
        and legs.connected_at >= agents.valid_from
        and legs.connected_at < agents.valid_to
inner join hours as connected_hours
    on date_trunc('hour', legs.connected_at) = connected_hours.hour_at
left join hours as offered_hours on date_trunc('hour', legs.offered_at) = offered_hours.hour_at;

-- Work after a contact goes before what the agent's telephone says; a state ends with the next one
-- of the agent.
create table marts.fact_agent_states as
with

points as (
    select
        agent_code,
        state,
        reason_code,
        event_at as started_at
    from read_parquet(getvariable('landing') || '/agent_state_events*.parquet')

    union all

    select
        agent_code,
        'after_contact_work' as state,
        null as reason_code,
        ended_at as started_at
    from read_parquet(getvariable('landing') || '/agent_legs*.parquet')
    where after_contact_work_seconds > 0
),

spans as (
    select
        agent_code,
        case state when 'login' then 'auxiliary' else state end as state,
        coalesce(
            lag(case state when 'login' then 'auxiliary' else state end) over per_agent, 'offline'
        ) as previous_state,
        case state when 'login' then 'login' when 'auxiliary' then reason_code end as reason_code,
        started_at,
        lead(started_at) over per_agent as ended_at
    from points
    window per_agent as (partition by agent_code order by started_at)
)

select
    agents.agent_key,
    agents.team_key,
    'files' as source_system,
    'default' as source_instance,
    agents.agent_id,
    agents.agent_name,
    agents.team_name,
    spans.state,
    case when spans.started_at >= agents.valid_from then spans.previous_state else spans.state end
        as previous_state,
    spans.reason_code,
    -- Every reason that the files give is a standard one.
    spans.reason_code as standard_reason,
    seconds_between(
        greatest(spans.started_at, agents.valid_from), least(spans.ended_at, agents.valid_to)
    ) as state_seconds,
    true as is_logged_in,
    greatest(spans.started_at, agents.valid_from) as started_at,
    least(spans.ended_at, agents.valid_to) as ended_at
from spans
inner join agents
    on
        spans.agent_code = agents.agent_code
        and spans.started_at < agents.valid_to
        and spans.ended_at > agents.valid_from
where spans.state <> 'offline';

create table marts.fact_agent_intervals as
with

span_quarter_hours as (
    select
        agent_key,
        state,
        reason_code in ('break', 'lunch') as is_break,
        started_at,
        ended_at,
        unnest(
            generate_series(
                time_bucket(interval 15 minute, started_at),
                time_bucket(interval 15 minute, ended_at - interval 1 microsecond),
                interval 15 minute
            )
        ) as interval_start_at
    from marts.fact_agent_states
),

clipped_spans as (
    select
        agent_key,
        interval_start_at,
        state,
        is_break,
        greatest(started_at, interval_start_at) as logged_in_from_at,
        least(ended_at, interval_start_at + interval 15 minute) as logged_in_until_at,
        seconds_between(
            greatest(started_at, interval_start_at),
            least(ended_at, interval_start_at + interval 15 minute)
        ) as seconds,
        0 as handled_count
    from span_quarter_hours

    union all

    select
        agent_key,
        time_bucket(interval 15 minute, connected_at) as interval_start_at,
        'handled' as state,
        false as is_break,
        null as logged_in_from_at,
        null as logged_in_until_at,
        0 as seconds,
        handled_count
    from marts.fact_agent_legs
),

totals as (
    select
        agent_key,
        interval_start_at,
        sum(case when state = 'on_contact' then seconds else 0 end) as on_contact_seconds,
        sum(case when state = 'after_contact_work' then seconds else 0 end)
            as after_contact_work_seconds,
        sum(case when state = 'available' then seconds else 0 end) as available_seconds,
        sum(case when state = 'auxiliary' then seconds else 0 end) as auxiliary_seconds,
        sum(case when is_break then seconds else 0 end) as break_seconds,
        cast(sum(handled_count) as int) as handled_count,
        min(logged_in_from_at) as logged_in_from_at,
        max(logged_in_until_at) as logged_in_until_at
    from clipped_spans
    group by agent_key, interval_start_at
)

select
    totals.agent_key,
    agents.team_key,
    'files' as source_system,
    'default' as source_instance,
    agents.agent_id,
    agents.agent_name,
    agents.team_name,
    cast(
        on_contact_seconds + after_contact_work_seconds + available_seconds + auxiliary_seconds
        as decimal(18, 3)
    ) as staffed_seconds,
    cast(on_contact_seconds as decimal(18, 3)) as on_contact_seconds,
    cast(after_contact_work_seconds as decimal(18, 3)) as after_contact_work_seconds,
    cast(0 as decimal(18, 3)) as ringing_seconds,
    cast(0 as decimal(18, 3)) as not_responding_seconds,
    cast(available_seconds as decimal(18, 3)) as available_seconds,
    cast(auxiliary_seconds as decimal(18, 3)) as auxiliary_seconds,
    cast(break_seconds as decimal(18, 3)) as break_seconds,
    cast(on_contact_seconds + after_contact_work_seconds as decimal(18, 3)) as busy_seconds,
    cast(on_contact_seconds as decimal(18, 3)) as contact_seconds,
    handled_count,
    cast(null as int) as agent_offer_count,
    cast(null as int) as ring_no_answer_count,
    cast(null as decimal(18, 3)) as paid_seconds,
    cast(null as decimal(18, 3)) as scheduled_seconds,
    cast(null as decimal(18, 3)) as scheduled_on_contact_seconds,
    cast(null as decimal(18, 3)) as adherent_seconds,
    logged_in_from_at,
    logged_in_until_at,
    interval_start_at,
    hours.local_date as interval_date,
    hours.local_date as business_date
from totals
inner join agents on totals.agent_key = agents.agent_key
inner join hours on date_trunc('hour', totals.interval_start_at) = hours.hour_at;

create table marts.fact_queue_intervals as
with

visits as (
    select
        queue_key,
        channel_key,
        queue_name,
        channel_name,
        time_bucket(interval 15 minute, offered_at) as interval_start_at,
        cast(sum(offered_count) as int) as offered_count,
        cast(sum(abandonment_eligible_count) as int) as abandonment_eligible_count,
        cast(sum(answered_count) as int) as answered_count,
        cast(sum(answered_in_threshold_count) as int) as answered_in_threshold_count,
        cast(sum(abandoned_count) as int) as abandoned_count,
        cast(sum(abandoned_in_threshold_count) as int) as abandoned_in_threshold_count,
        cast(sum(short_abandoned_count) as int) as short_abandoned_count,
        cast(sum(redirected_count) as int) as redirected_count,
        cast(sum(missed_count) as int) as missed_count,
        cast(sum(callback_requested_count) as int) as callback_requested_count,
        cast(sum(callback_requested_in_threshold_count) as int)
            as callback_requested_in_threshold_count,
        cast(sum(answered_wait_seconds) as decimal(18, 3)) as answered_wait_seconds,
        cast(sum(abandoned_wait_seconds) as decimal(18, 3)) as abandoned_wait_seconds,
        cast(sum(short_abandoned_wait_seconds) as decimal(18, 3)) as short_abandoned_wait_seconds,
        cast(sum(flowed_out_wait_seconds) as decimal(18, 3)) as flowed_out_wait_seconds,
        max(longest_wait_seconds) as longest_wait_seconds,
        sum(answered_count + abandoned_count + missed_count) as due_count,
        any_value(service_level_target) as service_level_target,
        min(offered_date) as offered_date
    from marts.fact_queue_visits
    group by all
),

legs as (
    select
        queue_key,
        channel_key,
        time_bucket(interval 15 minute, offered_at) as interval_start_at,
        cast(sum(handled_count) as int) as handled_count,
        cast(sum(case when handled_count = 1 then handle_seconds else 0 end) as decimal(18, 3))
            as handle_seconds
    from marts.fact_agent_legs
    where visit_key >= 0
    group by all
)

select
    visits.queue_key,
    visits.channel_key,
    visits.queue_name,
    visits.channel_name,
    visits.interval_start_at,
    visits.offered_count,
    visits.abandonment_eligible_count,
    visits.answered_count,
    visits.answered_in_threshold_count,
    visits.abandoned_count,
    visits.abandoned_in_threshold_count,
    visits.short_abandoned_count,
    visits.redirected_count,
    visits.missed_count,
    visits.callback_requested_count,
    visits.callback_requested_in_threshold_count,
    0 as open_count,
    visits.answered_count as answered_wait_known_count,
    visits.abandoned_count as abandoned_wait_known_count,
    visits.offered_count as wait_known_count,
    visits.answered_wait_seconds,
    visits.abandoned_wait_seconds,
    visits.short_abandoned_wait_seconds,
    visits.flowed_out_wait_seconds,
    visits.longest_wait_seconds,
    0 as callback_count,
    0 as callback_reached_count,
    0 as callback_failed_count,
    cast(0 as decimal(18, 3)) as callback_wait_seconds,
    coalesce(legs.handled_count, 0) as handled_count,
    coalesce(legs.handled_count, 0) as handle_known_count,
    coalesce(legs.handle_seconds, 0) as handle_seconds,
    case when visits.due_count > 0 then 1 else 0 end as interval_judged_count,
    case
        when
            visits.due_count > 0
            and visits.answered_in_threshold_count >= visits.due_count * visits.service_level_target
            then 1
        else 0
    end as interval_in_target_count,
    true as is_final,
    visits.offered_date,
    cast(null as timestamp) as as_of
from visits
left join legs
    on
        visits.queue_key = legs.queue_key
        and visits.channel_key = legs.channel_key
        and visits.interval_start_at = legs.interval_start_at;

create table marts.fact_contacts as
with

visits as (
    select
        contact_key,
        cast(count(*) as int) as queue_visit_count,
        cast(sum(wait_seconds) as decimal(18, 3)) as wait_seconds,
        arg_min(queue_key, offered_at) as entry_queue_key,
        arg_max(queue_key, case when fact_queue_visits.outcome = 'answered' then answered_at end)
            as handling_queue_key,
        -- A number, for text could not be put down on the disk.
        arg_max(outcomes.outcome_key, offered_at) as last_outcome_key,
        bool_or(exit_reason = 'abandoned') as has_abandoned
    from marts.fact_queue_visits
    inner join outcomes on fact_queue_visits.outcome = outcomes.outcome
    group by contact_key
),

legs as (
    select
        contact_key,
        cast(count(*) as int) as agent_leg_count,
        cast(sum(transferred_count) as int) as transfer_count,
        arg_max(agent_key, case when leg_type = 'customer' then connected_at end)
            as handling_agent_key,
        cast(sum(case when leg_type = 'customer' then connected_seconds end) as decimal(18, 3))
            as leg_connected_seconds,
        -- Customers are passed from one agent to the next.
        cast(sum(case when leg_type = 'customer' then split_seconds end) as decimal(18, 3))
            as contact_connected_seconds,
        cast(sum(case when leg_type = 'customer' then handle_seconds end) as decimal(18, 3))
            as handle_seconds
    from marts.fact_agent_legs
    group by contact_key
),

contacts_with_path as (
    select
        contacts.*,
        case when contacts.is_excluded then 0 else 1 end as contact_count,
        visits.* exclude (contact_key, last_outcome_key),
        outcomes.outcome as last_outcome,
        legs.* exclude (contact_key),
        legs.handling_agent_key is not null as has_reached_agent
    from contacts
    left join visits on contacts.contact_key = visits.contact_key
    left join outcomes on visits.last_outcome_key = outcomes.outcome_key
    left join legs on contacts.contact_key = legs.contact_key
),

-- Whoever hung up in the queue and dials again at once goes on with the same attempt.
contacts_with_retry as (
    select
        contact_key,
        customer_key,
        contact_reason_key,
        started_at,
        coalesce(
            seconds_between(
                lag(case when has_abandoned and not has_reached_agent then ended_at end)
                    over (partition by customer_key order by started_at, contact_key),
                started_at
            ) <= 600,
            false
        ) as is_retry
    from contacts_with_path
    where customer_key is not null and not is_excluded
),

-- Without a reason (-2) a contact may be about anything.
neighbors as (
    select
        contact_key,
        is_retry,
        case
            when contact_reason_key = -2 then lag(started_at) over per_customer
            else greatest(
                lag(started_at) over per_issue,
                lag(case when contact_reason_key = -2 then started_at end ignore nulls)
                    over per_customer
            )
        end as previous_contact_at,
        case
            when contact_reason_key = -2
                then lead(case when not is_retry then started_at end ignore nulls) over per_customer
            else least(
                lead(case when not is_retry then started_at end ignore nulls) over per_issue,
                lead(
                    case when not is_retry and contact_reason_key = -2 then started_at end
                    ignore nulls
                ) over per_customer
            )
        end as next_contact_at
    from contacts_with_retry
    window
        per_customer as (partition by customer_key order by started_at, contact_key),
        per_issue as (
            partition by customer_key, contact_reason_key
            order by started_at, contact_key
        )
),

measured_contacts as (
    select
        contacts.*,
        channels.channel_key,
        channels.channel_name,
        channels.channel_family = 'voice' as is_voice,
        neighbors.contact_key is not null as is_identified,
        coalesce(neighbors.is_retry, false) as is_retry,
        seconds_between(neighbors.previous_contact_at, contacts.started_at)
            as previous_contact_seconds,
        seconds_between(contacts.started_at, neighbors.next_contact_at) as next_contact_seconds,
        seconds_between(horizon.contacts_from, contacts.started_at) as known_before_seconds,
        seconds_between(contacts.started_at, horizon.contacts_until) as known_after_seconds,
        horizon.as_of
    from contacts_with_path as contacts
    inner join channels on contacts.channel_code = channels.channel_code
    left join neighbors on contacts.contact_key = neighbors.contact_key
    cross join horizon
),

judged_contacts as (
    select
        *,
        has_reached_agent and last_outcome in ('abandoned', 'short_abandoned')
            as is_abandoned_after_transfer,
        case when has_reached_agent then 'answered' else last_outcome end as outcome,
        case when is_identified and not is_retry then 1 else 0 end as repeat_candidate_count,
        case when is_identified and has_reached_agent then 1 else 0 end
            as resolution_candidate_count,
        case when known_before_seconds >= 604800 then 1 else 0 end as before_known_count,
        case when known_after_seconds >= 604800 then 1 else 0 end as after_known_count,
        case when coalesce(previous_contact_seconds <= 604800, false) then 1 else 0 end
            as is_repeat,
        case
            when
                coalesce(next_contact_seconds > 604800, true)
                and not (has_reached_agent and last_outcome in ('abandoned', 'short_abandoned'))
                then 1
            else 0
        end as is_last
    from measured_contacts
)

select
    contacts.contact_key,
    cast(null as bigint) as previous_contact_key,
    contacts.channel_key,
    coalesce(contacts.customer_key, -2) as customer_key,
    contacts.contact_reason_key,
    outcomes.outcome_key,
    contacts.entry_queue_key,
    coalesce(contacts.handling_queue_key, -1) as handling_queue_key,
    coalesce(contacts.handling_agent_key, -1) as handling_agent_key,
    case when contacts.has_reached_agent then -2 else -1 end as disposition_key,
    'files' as source_system,
    'default' as source_instance,
    cast(contacts.contact_id as varchar) as source_contact_id,
    'inbound' as direction,
    case
        when contacts.is_certain then 'certain'
        when contacts.customer_key is not null then 'likely'
        else 'anonymous'
    end as identity_confidence,
    contacts.channel_name,
    coalesce(reasons.contact_reason_name, 'Unknown') as contact_reason_name,
    contacts.outcome,
    queues.queue_name as entry_queue_name,
    coalesce(agents.agent_name, 'No agent') as handling_agent_name,
    coalesce(agents.team_name, 'Unassigned') as handling_team_name,
    contacts.disposition,
    case when contacts.has_reached_agent then 'Unknown' else 'Not applicable' end
        as disposition_name,
    case when contacts.has_reached_agent then 'Unknown' else 'None' end as disposition_category,
    contacts.extension,
    contacts.exclusion_reason,
    contacts.wait_seconds,
    contacts.leg_connected_seconds,
    contacts.contact_connected_seconds,
    contacts.handle_seconds,
    cast(null as decimal(9, 3)) as sentiment_score,
    contacts.previous_contact_seconds,
    contacts.next_contact_seconds,
    contacts.known_before_seconds,
    contacts.known_after_seconds,
    contacts.queue_visit_count,
    coalesce(contacts.agent_leg_count, 0) as agent_leg_count,
    coalesce(contacts.transfer_count, 0) as transfer_count,
    contacts.contact_count,
    0 as blocked_count,
    0 as attempt_count,
    case when contacts.customer_key is null then contacts.contact_count else 0 end
        as anonymous_count,
    0 as shared_identity_count,
    case when contacts.is_retry then contacts.contact_count else 0 end as retry_count,
    case when contacts.has_reached_agent then contacts.transfer_count * contacts.contact_count
        else 0 end
        as handoff_count,
    case when contacts.has_reached_agent then contacts.contact_count else 0 end
        as handoff_known_count,
    contacts.repeat_candidate_count,
    contacts.repeat_candidate_count * contacts.before_known_count as repeat_eligible_count,
    contacts.repeat_candidate_count * contacts.before_known_count * contacts.is_repeat
        as repeat_count,
    contacts.resolution_candidate_count,
    contacts.resolution_candidate_count * contacts.after_known_count
        as first_contact_resolution_eligible_count,
    contacts.resolution_candidate_count * contacts.after_known_count * contacts.is_last
        as first_contact_resolved_count,
    case when contacts.is_voice then contacts.repeat_candidate_count else 0 end
    * contacts.resolution_candidate_count * contacts.before_known_count * contacts.after_known_count
        as call_resolution_eligible_count,
    case when contacts.is_voice then contacts.repeat_candidate_count else 0 end
    * contacts.resolution_candidate_count * contacts.before_known_count * contacts.after_known_count
    * (1 - contacts.is_repeat) * contacts.is_last as resolved_in_one_call_count,
    0 as code_count,
    0 as resolved_known_count,
    0 as resolved_count,
    0 as complaint_known_count,
    0 as complaint_count,
    0 as escalated_known_count,
    0 as escalated_count,
    0 as self_service_tried_known_count,
    0 as self_service_tried_count,
    0 as sentiment_known_count,
    0 as negative_sentiment_count,
    cast(null as decimal(9, 3)) as counted_sentiment_score,
    0 as self_served_count,
    case when contacts.has_reached_agent then contacts.contact_count else 0 end as assisted_count,
    case when contacts.contact_reason_key >= 0 then contacts.contact_count else 0 end
        as reason_known_count,
    case when contacts.contact_reason_key >= 0 then 0 else contacts.contact_count end
        as reason_unknown_count,
    contacts.contact_count as inbound_or_outbound_count,
    false as is_blocked,
    false as is_contained,
    contacts.is_excluded,
    contacts.has_reached_agent,
    contacts.is_abandoned_after_transfer,
    cast(null as boolean) as is_resolved,
    cast(null as boolean) as is_complaint,
    cast(null as boolean) as is_escalated,
    cast(null as boolean) as tried_self_service,
    contacts.after_known_count = 1 as is_final,
    contacts.started_at,
    contacts.ended_at,
    hours.local_date as started_date,
    contacts.as_of
from judged_contacts as contacts
inner join outcomes on contacts.outcome = outcomes.outcome
inner join queues on contacts.entry_queue_key = queues.queue_key
left join agents on contacts.handling_agent_key = agents.agent_key
left join reasons on contacts.contact_reason_key = reasons.contact_reason_key
inner join hours on date_trunc('hour', contacts.started_at) = hours.hour_at;
