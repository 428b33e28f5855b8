-- One row per ticket with calendars of its own and span of time in which one of them held.
{{ config(materialized='table') }}

with

ticket_calendars as (

    select * from {{ ref('int_ticket_calendars') }}

),

calendars as (

    select * from {{ ref('int_calendars') }}

),

calendar_days as (

    select * from {{ ref('int_calendar_days') }}

),

spans_in_order as (

    select
        ticket_calendars.*,
        calendars.time_zone,
        lag(ticket_calendars.calendar_code) over in_order as previous_calendar_code,
        lag(calendars.time_zone) over in_order as previous_time_zone
    from ticket_calendars
    left join calendars
        on
            ticket_calendars.source_system = calendars.source_system
            and ticket_calendars.source_instance = calendars.source_instance
            and ticket_calendars.calendar_code = calendars.calendar_code
    window in_order as (
        partition by ticket_calendars.ticket_key
        order by ticket_calendars.valid_from
    )

),

-- Where the calendar changes, the seconds counted go on from where they were.
changes as (

    select
        spans_in_order.*,
        case
            when spans_in_order.previous_calendar_code is null then 0
            else
                {{ business_seconds_until('spans_in_order.valid_from', 'previous_days') }}
                - ({{ business_seconds_until('spans_in_order.valid_from', 'next_days') }})
        end as step_seconds
    from spans_in_order
    left join calendar_days as previous_days
        on
            spans_in_order.source_system = previous_days.source_system
            and spans_in_order.source_instance = previous_days.source_instance
            and spans_in_order.previous_calendar_code = previous_days.calendar_code
            and cast(
                {{ utc_to_local('spans_in_order.valid_from', 'spans_in_order.previous_time_zone') }}
                as date
            ) = previous_days.local_date
    left join calendar_days as next_days
        on
            spans_in_order.source_system = next_days.source_system
            and spans_in_order.source_instance = next_days.source_instance
            and spans_in_order.calendar_code = next_days.calendar_code
            and cast(
                {{ utc_to_local('spans_in_order.valid_from', 'spans_in_order.time_zone') }}
                as date
            ) = next_days.local_date

),

-- After a calendar that is not known nothing is.
ticket_calendar_spans as (

    select
        ticket_key,
        calendar_code,
        time_zone,
        case
            when count(*) over so_far = count(step_seconds) over so_far
                then cast(sum(step_seconds) over so_far as decimal(18, 3))
        end as offset_seconds,
        valid_from,
        valid_to
    from changes
    window so_far as (
        partition by ticket_key
        order by valid_from
        rows between unbounded preceding and current row
    )

)

select * from ticket_calendar_spans
