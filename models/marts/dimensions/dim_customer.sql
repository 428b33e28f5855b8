-- One row per customer, listed or seen, known by a salted hash only, with the two missing members.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_touched_members() }}'
) }}

with

contact_customers as (

    select
        customer_key,
        source_system,
        source_instance,
        customer_hash,
        first_contact_at as started_at
    from {{ ref('int_contact_customers') }}
    where {{ is_of_touched_member() }}

),

blocked_attempts as (

    select
        customer_key,
        source_system,
        source_instance,
        customer_hash,
        attempted_at
    from {{ ref('int_blocked_attempts') }}
    where customer_key >= 0 and {{ is_of_touched_member() }}

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
    where customer_key >= 0 and {{ is_of_touched_member() }}

),

directory as (

    select * from {{ ref('int_customers') }}
    where {{ is_of_touched_member() }}

),

sightings as (

    select * from contact_customers

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

-- Customers need not be listed to be known, nor call to be listed.
known_customers as (

    select
        coalesce(directory.customer_key, customers.customer_key) as customer_key,
        coalesce(directory.source_system, customers.source_system) as source_system,
        coalesce(directory.source_instance, customers.source_instance) as source_instance,
        coalesce(directory.customer_hash, customers.customer_hash) as customer_hash,
        directory.segment,
        directory.market,
        directory.customer_key is not null as is_listed,
        case
            when directory.customer_key is not null then directory.churned_on is null
        end as is_current,
        directory.customer_since,
        directory.churned_on,
        customers.first_contact_at
    from customers
    full outer join directory on customers.customer_key = directory.customer_key

),

dim_customer as (

    select * from known_customers

    union all

    select
        -1 as customer_key,
        'none' as source_system,
        'none' as source_instance,
        'not applicable' as customer_hash,
        null as segment,
        null as market,
        false as is_listed,
        null as is_current,
        null as customer_since,
        null as churned_on,
        null as first_contact_at

    union all

    select
        -2 as customer_key,
        'none' as source_system,
        'none' as source_instance,
        'not identified' as customer_hash,
        null as segment,
        null as market,
        false as is_listed,
        null as is_current,
        null as customer_since,
        null as churned_on,
        null as first_contact_at

)

select * from dim_customer
