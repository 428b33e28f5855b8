-- One row per time a customer of Zendesk was asked for a satisfaction rating, or gave one.
with

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}

),

ratings as (

    select * from {{ ref('stg_zendesk__satisfaction_rating') }}
    where row_status = 'used'

),

field_changes as (

    select * from {{ ref('stg_zendesk__ticket_field_history') }}
    where
        row_status = 'used'
        and field_name = 'satisfaction_score'
        and (field_value = 'offered' or field_value like 'good%' or field_value like 'bad%')

),

rated_tickets as (

    select distinct
        source_instance,
        source_ticket_id
    from ratings

),

-- The history of a ticket says the same; it is asked where there is no list of ratings.
all_events as (

    select
        source_instance,
        source_ticket_id,
        source_rating_id as source_answer_id,
        score,
        created_at as offered_at,
        coalesce(updated_at, created_at) as answered_at,
        source_file,
        source_row,
        loaded_at
    from ratings

    union all

    select
        field_changes.source_instance,
        field_changes.source_ticket_id,
        concat_ws(
            ':', field_changes.source_ticket_id, cast(field_changes.changed_at as string)
        ) as source_answer_id,
        case
            when field_changes.field_value like 'good%' then 'good'
            when field_changes.field_value like 'bad%' then 'bad'
            else 'offered'
        end as score,
        field_changes.changed_at as offered_at,
        field_changes.changed_at as answered_at,
        field_changes.source_file,
        field_changes.source_row,
        field_changes.loaded_at
    from field_changes
    left join rated_tickets
        on
            field_changes.source_instance = rated_tickets.source_instance
            and field_changes.source_ticket_id = rated_tickets.source_ticket_id
    where rated_tickets.source_ticket_id is null

),

satisfaction_events as (

    select
        {{ source_key('survey', 'tickets.source_ticket_id', 'tickets.source_system',
                      'tickets.source_instance') }} as survey_key,
        tickets.source_system,
        all_events.*,
        tickets.contact_key,
        tickets.ticket_key
    from all_events
    inner join tickets
        on
            all_events.source_instance = tickets.source_instance
            and all_events.source_ticket_id = tickets.source_ticket_id

)

select * from satisfaction_events
