-- One row per contact of the files on which anything is new since the last green build.
{{ config(materialized='table') }}

{% set contacts = ref('stg_files__contacts') -%}
{% set queue_visits = ref('stg_files__queue_visits') -%}
{% set agent_legs = ref('stg_files__agent_legs') -%}
{% set sessions = ref('stg_files__self_service_sessions') -%}
{% set touched_keys = 'select touched_contacts.contact_key from touched_contacts' -%}

with

-- A contact is touched by its own row, by rows of its own, and by the one that it goes on with.
touched_rows as (

    select row_key as contact_key from {{ contacts }}
    where {{ is_new_row() }} or {{ is_in_backfill('started_at') }}

    union

    select contact_key from {{ queue_visits }}
    where {{ is_new_row() }}

    union

    select contact_key from {{ agent_legs }}
    where {{ is_new_row() }}

    union

    select contact_key from {{ sessions }}
    where {{ is_new_row() }}

    union

    select {{ source_key('contact', 'contact_id', "'files'") }} as contact_key
    from {{ ref('stg_files__contact_assessments') }}
    where {{ is_new_row() }}

    union

    select {{ source_key('contact', 'contact_id', "'files'") }} as contact_key
    from {{ ref('stg_files__contact_dispositions') }}
    where {{ is_new_row() }}

    union

    select contact_key from {{ removed_rows_of('any') }}

),

continued_contacts as (

    select
        source_instance,
        contact_id
    from {{ contacts }}
    {{ where_key_in(contacts, 'row_key', 'select touched_rows.contact_key from touched_rows') }}

    union

    select
        source_instance,
        contact_id
    from {{ removed_rows_of('contacts') }}

),

touched_contacts as (

    select contact_key from touched_rows
    where contact_key is not null

    union

    select contacts.row_key as contact_key
    from {{ contacts }} as contacts
    inner join continued_contacts
        on
            contacts.source_instance = continued_contacts.source_instance
            and contacts.previous_contact_id = continued_contacts.contact_id

),

times as (

    select
        row_key as contact_key,
        started_at
    from {{ contacts }}
    {{ where_key_in(contacts, 'row_key', touched_keys) }}

    union all

    select
        contact_key,
        offered_at as started_at
    from {{ queue_visits }}
    {{ where_key_in(queue_visits, 'contact_key', touched_keys) }}

    union all

    select
        contact_key,
        connected_at as started_at
    from {{ agent_legs }}
    {{ where_key_in(agent_legs, 'contact_key', touched_keys) }}

    union all

    select
        contact_key,
        started_at
    from {{ sessions }}
    {{ where_key_in(sessions, 'contact_key', touched_keys) }}

    union all

    select
        contact_key,
        started_at
    from {{ removed_rows_of('any') }}

),

touched_contacts_with_time as (

    select
        touched_contacts.contact_key,
        min(times.started_at) as since_at
    from touched_contacts
    left join times on touched_contacts.contact_key = times.contact_key
    group by touched_contacts.contact_key

)

select * from touched_contacts_with_time
