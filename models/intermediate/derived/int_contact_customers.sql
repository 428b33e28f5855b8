-- One row per customer of whom there is a contact, with the first one.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_touched_customers() }}'
) }}

with

contacts as (

    select * from {{ ref('int_contacts') }}
    where customer_key >= 0 and {{ is_of_touched_customer() }}

),

contact_customers as (

    select
        customer_key,
        min(source_system) as source_system,
        min(source_instance) as source_instance,
        min(customer_hash) as customer_hash,
        min(started_at) as first_contact_at
    from contacts
    group by customer_key

)

select * from contact_customers
