-- A fact has exactly the rows of the entity it is built from, whatever it joins.
with

row_counts as (

    select
        'fact_contacts' as fact,
        (select count(*) from {{ ref('fact_contacts') }}) as fact_rows,
        (select count(*) from {{ ref('int_contacts') }})
        + (select count(*) from {{ ref('int_blocked_attempts') }}) as entity_rows

    union all

    select
        'fact_queue_visits' as fact,
        (select count(*) from {{ ref('fact_queue_visits') }}) as fact_rows,
        (select count(*) from {{ ref('int_queue_visits') }}) as entity_rows

    union all

    select
        'fact_agent_legs' as fact,
        (select count(*) from {{ ref('fact_agent_legs') }}) as fact_rows,
        (select count(*) from {{ ref('int_agent_legs') }}) as entity_rows

    union all

    select
        'fact_outbound_attempts' as fact,
        (select count(*) from {{ ref('fact_outbound_attempts') }}) as fact_rows,
        (select count(*) from {{ ref('int_outbound_attempts') }}) as entity_rows

    union all

    select
        'fact_self_service_sessions' as fact,
        (select count(*) from {{ ref('fact_self_service_sessions') }}) as fact_rows,
        (select count(*) from {{ ref('int_self_service_sessions') }}) as entity_rows

    union all

    select
        'fact_tickets' as fact,
        (select count(*) from {{ ref('fact_tickets') }}) as fact_rows,
        (select count(*) from {{ ref('int_tickets') }}) as entity_rows

)

select * from row_counts
where fact_rows <> entity_rows
