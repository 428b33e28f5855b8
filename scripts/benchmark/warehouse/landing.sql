-- What the landing files are copied from: small tables of what is planned and simulated, and over
-- them a view landed_<file set> for each. Variables say how much of it; see landing.py.

-- The simulated days. `rank` numbers the contacts of a day by chance, so that the first of them
-- make a smaller day; it is -1 for what an agent does without one.
create table day_contacts as
from read_csv(
    getvariable('folder') || '/contacts.csv',
    columns = {
        'template': 'int', 'rank': 'int', 'started': 'int', 'wait': 'int', 'ended': 'int',
        'is_answered': 'boolean'
    }
);

create table day_visits as
from read_csv(
    getvariable('folder') || '/visits.csv',
    columns = {
        'template': 'int', 'rank': 'int', 'number': 'int', 'offered': 'int',
        'exit_reason': 'varchar', 'wait': 'int',
        'exited': 'int'
    }
);

create table day_legs as
from read_csv(
    getvariable('folder') || '/legs.csv',
    columns = {
        'template': 'int', 'rank': 'int', 'number': 'int', 'member': 'int', 'leg_type': 'varchar',
        'visit': 'int',
        'transfer_type': 'varchar', 'ring': 'int', 'connected_for': 'int', 'hold': 'int',
        'work': 'int',
        'connected': 'int'
    }
);

create table day_states as
from read_csv(
    getvariable('folder') || '/states.csv',
    columns = {
        'template': 'int', 'rank': 'int', 'member': 'int', 'number': 'int', 'state': 'varchar',
        'reason': 'varchar',
        'at': 'int'
    }
);

-- Which crew works when: most from Monday to Friday, each three weeks of the year not at all, few
-- on a holiday. How busy it is depends on the month and the weekday. The late day and the day after
-- are no history.
create table planned_days as
with

dates as (
    select
        cast(day as date) as day,
        isodow(day) as weekday,
        date_diff('week', date '2020-01-06', day) as week,
        strftime(day, '%m-%d') in ('07-04', '12-25') as is_holiday,
        day not in (cast(getvariable('late_day') as date), cast(getvariable('next_day') as date))
            as is_history,
        case when month(day) in (1, 3, 12) then 2 when month(day) in (6, 7, 8) then 0 else 1 end
        + case weekday when 1 then 1 when 6 then -1 when 7 then -1 else 0 end as season
    from range(
        cast(getvariable('first_day') as timestamp),
        cast(getvariable('next_day') as timestamp) + interval 1 day,
        interval 1 day
    ) as days (day)
),

worked_days as (
    select
        dates.day,
        dates.is_history,
        crews.crew,
        greatest(0, least(3, dates.season)) * getvariable('days_per_level')
        + hash(crews.crew, dates.day) % getvariable('days_per_level') as template,
        timezone(
            'America/New_York',
            dates.day + to_minutes([420, 510, 630, 780][1 + crews.crew % 4])
            + to_seconds(hash(dates.day, crews.crew) % 600)
        ) at time zone 'UTC' as starts_at
    from dates
    cross join range(getvariable('agents') // getvariable('crew')) as crews (crew)
    where
        case
            when crews.crew % 20 < 14 then dates.weekday <= 5
            when crews.crew % 20 < 17 then dates.weekday not in (4, 5)
            else dates.weekday not in (2, 3)
        end
        and (dates.week + crews.crew * 5) % 17 <> 8
        and (crews.crew % 5 = 0 or not dates.is_holiday)
),

templates as (
    select
        template,
        count(*) as contacts
    from day_contacts
    group by template
),

-- The history has as many contacts as asked for, to one; every crew loses the same share of its
-- day.
counted_days as (
    select
        worked_days.*,
        templates.contacts,
        sum(case when is_history then contacts end) over (order by day, crew) as contacts_so_far,
        getvariable('contacts') / sum(case when is_history then contacts end) over () as share
    from worked_days
    inner join templates on worked_days.template = templates.template
),

shortened_days as (
    select
        * replace (
            cast(
                case
                    when is_history
                        then round(contacts_so_far * share)
                            - round((contacts_so_far - contacts) * share)
                    else round(contacts * share)
                end as bigint
            ) as contacts
        )
    from counted_days
)

select
    row_number() over (order by day, crew) as crew_day,
    day,
    is_history,
    crew,
    cast(template as int) as template,
    starts_at,
    cast(10000000 + sum(contacts) over (order by day, crew) - contacts as bigint) as first_contact,
    contacts
from shortened_days
order by day, crew;

-- Forty queues: the largest gets a tenth of all contacts, the smallest a few of a thousand. A queue
-- serves one channel; who writes waits longer, by `stretch`.
create table queues as
select
    number,
    'Q' || lpad(cast(number as varchar), 2, '0') as queue_code,
    [
        'Sales', 'Service', 'Billing', 'Technical', 'Returns', 'Accounts', 'Partners', 'Retention'
    ][1 + number % 8]
    || ' ' || (1 + number // 8) as queue_name,
    case
        when number % 7 = 3 then 'chat'
        when number % 7 = 5 then 'email'
        when number % 13 = 6 then 'sms'
        when number % 11 = 8 then 'app_voice'
        else 'phone'
    end as channel_code,
    case channel_code when 'email' then 400 when 'sms' then 20 else 1 end as stretch,
    cast(8000 + number as varchar) as extension,
    1 / (number + 2.0) as weight
from range(40) as numbers (number);

-- Transfers stay in the channel.
create table queue_slots as
select
    slot,
    queue_code,
    (
        select min_by(others.queue_code, (others.number - weighed_queues.number + 40) % 40)
        from queues as others
        where others.channel_code = weighed_queues.channel_code
            and others.number <> weighed_queues.number
    ) as transfer_queue_code,
    channel_code,
    stretch,
    extension
from range(1024) as slots (slot)
asof join (
    select
        *,
        1024 * (sum(weight) over (order by number) - weight) / sum(weight) over () as from_slot
    from queues
) as weighed_queues on slots.slot >= weighed_queues.from_slot;

create table reasons as
select
    number,
    code as contact_reason_code,
    upper(left(code, 1)) || replace(substr(code, 2), '_', ' ') as contact_reason_name,
    category
from (
    values
    (0, 'invoice', 'Money'), (1, 'payment', 'Money'), (2, 'refund', 'Money'), (3, 'order_status',
    'Orders'),
    (4, 'delivery', 'Orders'), (5, 'return', 'Orders'), (6, 'login', 'Technical'), (7, 'outage',
    'Technical'),
    (8, 'setup', 'Technical'), (9, 'contract', 'Account'), (10, 'address', 'Account'), (11,
    'complaint', 'Account')
) as codes (number, code, category);

-- One contact in eight has no reason.
create table reason_slots as
select
    slot,
    contact_reason_code
from range(64) as slots (slot)
left join reasons
    on reasons.number = case when slot < 16 then 3 when slot < 26 then 0 when slot < 56
        then slot % 12 end;

-- A contact of a customer who has been in touch in the last days has that contact's customer and
-- reason.
create view landed_contacts as
with

numbered_contacts as (
    select
        planned_days.day,
        planned_days.is_history,
        planned_days.starts_at,
        planned_days.first_contact + day_contacts.rank as contact_id,
        day_contacts.started,
        day_contacts.wait,
        day_contacts.ended,
        day_contacts.is_answered,
        cast(hash(contact_id) >> 1 as bigint) as chance
    from planned_days
    inner join day_contacts
        on planned_days.template = day_contacts.template
            and planned_days.contacts > day_contacts.rank
),

recalled_contacts as (
    select
        *,
        cast(hash(
            case
                when (chance >> 12) & 15 < 2
                    then contact_id - 1
                        - ((chance >> 32) & 65535) * getvariable('contacts_per_day') // 10000
                else contact_id
            end + 1
        ) >> 1 as bigint) as topic
    from numbered_contacts
),

customers as (
    select
        *,
        cast(
            (topic & 4194303) / 4194304.0::double * ((topic >> 22) & 4194303) / 4194304.0::double
            * getvariable('customers') as bigint
        ) as customer
    from recalled_contacts
)

select
    day,
    is_history,
    contact_id,
    channel_code,
    case when customer & 15 < 10 then 500000000 + customer end as customer_id,
    case when customer & 15 between 10 and 13 then '+1' || (2000000000 + customer) end
        as customer_address,
    contact_reason_code,
    case
        when is_answered and (chance >> 20) & 15 < 14
            then ['solved', 'informed', 'follow_up', 'sold'][1 + ((chance >> 20) & 3)]
    end as disposition,
    extension,
    case when (chance >> 24) & 255 = 0
        then ['test', 'spam', 'wrong_number'][1 + (chance >> 40) % 3] end
        as exclusion_reason,
    starts_at + to_seconds(started - wait * (stretch - 1)) as started_at,
    starts_at + to_seconds(ended) as ended_at,
    starts_at + to_seconds(ended + 300) as updated_at
from customers
inner join queue_slots on chance & 1023 = queue_slots.slot
inner join reason_slots on (topic >> 48) & 63 = reason_slots.slot;

create view landed_queue_visits as
with

numbered_visits as (
    select
        planned_days.day,
        planned_days.is_history,
        planned_days.starts_at,
        planned_days.first_contact + day_visits.rank as contact_id,
        day_visits.number,
        day_visits.exit_reason,
        day_visits.wait,
        day_visits.exited,
        cast(hash(contact_id) >> 1 as bigint) as chance
    from planned_days
    inner join day_visits
        on planned_days.template = day_visits.template and planned_days.contacts > day_visits.rank
)

select
    day,
    is_history,
    contact_id * 2 + number as visit_id,
    contact_id,
    case number when 0 then queue_code else transfer_queue_code end as queue_code,
    case number when 0 then 'inbound' else 'transfer' end as visit_type,
    -- Who has written cannot hang up.
    case
        when stretch > 1 and exit_reason <> 'answered' then 'solved_without_reply'
        else exit_reason
    end as exit_reason,
    wait * case number when 0 then stretch else 1 end as wait_seconds,
    starts_at + to_seconds(exited - wait_seconds) as offered_at,
    case when exit_reason = 'answered' then starts_at + to_seconds(exited) end as answered_at,
    starts_at + to_seconds(exited) as exited_at,
    starts_at + to_seconds(exited + 1) as updated_at
from numbered_visits
inner join queue_slots on chance & 1023 = queue_slots.slot;

create view landed_agent_legs as
with

numbered_legs as (
    select
        planned_days.day,
        planned_days.is_history,
        planned_days.starts_at,
        planned_days.crew,
        planned_days.first_contact + day_legs.rank as contact_id,
        day_legs.number,
        day_legs.member,
        day_legs.leg_type,
        day_legs.visit,
        day_legs.transfer_type,
        day_legs.ring,
        day_legs.connected_for,
        day_legs.hold,
        day_legs.work,
        day_legs.connected,
        cast(hash(contact_id) >> 1 as bigint) as chance
    from planned_days
    inner join day_legs
        on planned_days.template = day_legs.template and planned_days.contacts > day_legs.rank
)

select
    day,
    is_history,
    contact_id * 4 + number as leg_id,
    contact_id,
    case leg_type when 'customer' then contact_id * 2 + visit end as visit_id,
    10001 + crew * getvariable('crew') + member as agent_code,
    case visit when 0 then queue_code else transfer_queue_code end as queue_code,
    leg_type,
    transfer_type,
    ring as ring_seconds,
    connected_for as connected_seconds,
    hold as hold_seconds,
    work as after_contact_work_seconds,
    starts_at + to_seconds(connected) as connected_at,
    starts_at + to_seconds(connected + connected_for) as ended_at,
    starts_at + to_seconds(connected + connected_for + work) as updated_at
from numbered_legs
inner join queue_slots on chance & 1023 = queue_slots.slot;

create view landed_agent_state_events as
select
    planned_days.day,
    planned_days.is_history,
    (planned_days.crew_day * getvariable('crew') + day_states.member) * 256 + day_states.number
        as event_id,
    10001 + planned_days.crew * getvariable('crew') + day_states.member as agent_code,
    day_states.state,
    day_states.reason as reason_code,
    day_states.number as event_sequence,
    planned_days.starts_at + to_seconds(day_states.at) as event_at,
    planned_days.starts_at + to_seconds(day_states.at) as updated_at
from planned_days
inner join day_states
    on planned_days.template = day_states.template and planned_days.contacts > day_states.rank;

-- One agent in twenty changes to the next team in the middle of the last year.
create view landed_agents as
select
    null as day,
    true as is_history,
    10001 + number as agent_code,
    'Agent ' || (1 + number) as agent_name,
    'T' || (
        1 + (number // getvariable('crew') + change)
        % greatest(2, getvariable('agents') // getvariable('crew'))
    ) as team_code,
    case change when 1 then cast(getvariable('late_day') as timestamp) - interval 30 day end
        as valid_from,
    timestamp '2020-01-01' as updated_at
from range(getvariable('agents')) as numbers (number)
cross join range(2) as changes (change)
where change = 0 or number % 20 = 7;

create view landed_teams as
select
    null as day,
    true as is_history,
    'T' || (1 + crew) as team_code,
    'Team ' || (1 + crew) as team_name,
    ['Sales', 'Service', 'Technical'][1 + crew % 3] as department,
    ['Albany', 'Buffalo', 'Rochester', 'Syracuse'][1 + crew % 4] as site_name,
    'America/New_York' as time_zone,
    timestamp '2020-01-01' as updated_at
from range(greatest(2, getvariable('agents') // getvariable('crew'))) as crews (crew);

create view landed_queues as
select
    null as day,
    true as is_history,
    queue_code,
    queue_name,
    'America/New_York' as time_zone,
    'main' as calendar_code,
    timestamp '2020-01-01' as updated_at
from queues;

create view landed_contact_reasons as
select
    null as day,
    true as is_history,
    contact_reason_code,
    contact_reason_name,
    category,
    timestamp '2020-01-01' as updated_at
from reasons;

create view landed_calendars as
select
    null as day,
    true as is_history,
    'main' as calendar_code,
    'Every day' as calendar_name,
    'America/New_York' as time_zone,
    timestamp '2020-01-01' as updated_at;

create view landed_calendar_hours as
select
    null as day,
    true as is_history,
    'main' as calendar_code,
    weekday as iso_weekday,
    '07:00' as opens_at,
    '22:00' as closes_at,
    timestamp '2020-01-01' as updated_at
from range(1, 8) as weekdays (weekday);

create view landed_calendar_holidays as
select
    null as day,
    true as is_history,
    'main' as calendar_code,
    make_date(year, 12, 25) as holiday_date,
    'Christmas Day' as holiday_name,
    timestamp '2020-01-01' as updated_at
from range(2023, 2027) as years (year);
