-- One row per identified customer, known by a salted hash only, with the two missing members.
with

contacts as (

    select
        customer_key,
        source_system,
        source_instance,
        customer_hash,
        started_at
    from {{ ref('int_contacts') }}
    where customer_key >= 0

),

blocked_attempts as (

    select
        customer_key,
        source_system,
        source_instance,
        customer_hash,
        attempted_at
    from {{ ref('int_blocked_attempts') }}
    where customer_key >= 0

),

outbound_attempts as (

    select
        customer_key,
        source_system,
        source_instance,
        customer_hash,
        -- Being dialed is no contact.
        cast(null as timestamp) as started_at
    from {{ ref('int_outbound_attempts') }}
    where customer_key >= 0

),

sightings as (

    select * from contacts

    union all

    select * from blocked_attempts

    union all

    select * from outbound_attempts

),

customers as (

    select
        customer_key,
        min(source_system) as source_system,
        min(source_instance) as source_instance,
        min(customer_hash) as customer_hash,
        min(started_at) as first_contact_at
    from sightings
    group by customer_key

),

dim_customer as (

    select * from customers

    union all

    select
        -1 as customer_key,
        'none' as source_system,
        'none' as source_instance,
        'not applicable' as customer_hash,
        null as first_contact_at

    union all

    select
        -2 as customer_key,
        'none' as source_system,
        'none' as source_instance,
        'anonymous' as customer_hash,
        null as first_contact_at

)

select * from dim_customer
