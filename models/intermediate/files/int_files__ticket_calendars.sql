-- One row per ticket of the files with calendars of its own and span of time in which one held.
with

ticket_calendars as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__ticket_calendars') }}
    where row_status = 'used'

),

-- The first one holds from the beginning on, whatever time it names.
starts as (

    select
        {{ source_key('ticket', 'ticket_id') }} as ticket_key,
        source_system,
        source_instance,
        calendar_code,
        case
            when row_number() over first_to_last = 1 then timestamp '1900-01-01 00:00:00'
            else valid_from
        end as valid_from
    from ticket_calendars
    window first_to_last as (partition by source_instance, ticket_id order by valid_from)

),

spans as (

    select
        ticket_key,
        source_system,
        source_instance,
        calendar_code,
        valid_from,
        {{ valid_to(['ticket_key']) }} as valid_to
    from starts

)

select * from spans
