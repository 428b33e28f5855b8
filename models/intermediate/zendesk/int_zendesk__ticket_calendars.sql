-- One row per ticket of Zendesk and span of time in which one schedule held for it.
with

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}

),

ticket_schedules as (

    select * from {{ ref('stg_zendesk__ticket_schedule') }}
    where row_status = 'used'

),

calendars as (

    select * from {{ ref('int_zendesk__calendars') }}
    where is_default

),

-- Until a rule gives the ticket a schedule the default one holds; one given in the first second was
-- there from the beginning.
starts as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_instance,
        calendars.calendar_code,
        timestamp '1900-01-01 00:00:00' as valid_from,
        0 as start_rank
    from tickets
    inner join calendars on tickets.source_instance = calendars.source_instance

    union all

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_instance,
        ticket_schedules.source_schedule_id as calendar_code,
        case
            when ticket_schedules.applied_at <= tickets.created_at + interval '1' second
                then timestamp '1900-01-01 00:00:00'
            else ticket_schedules.applied_at
        end as valid_from,
        row_number() over (
            partition by tickets.ticket_key
            order by ticket_schedules.applied_at
        ) as start_rank
    from ticket_schedules
    inner join tickets
        on
            ticket_schedules.source_instance = tickets.source_instance
            and ticket_schedules.source_ticket_id = tickets.source_ticket_id

),

last_starts as (

    select *
    from starts
    qualify
        row_number() over (
            partition by ticket_key, valid_from
            order by start_rank desc
        ) = 1

),

ticket_calendars as (

    select
        ticket_key,
        source_system,
        source_instance,
        calendar_code,
        valid_from,
        {{ valid_to(['ticket_key']) }} as valid_to
    from last_starts

)

select * from ticket_calendars
