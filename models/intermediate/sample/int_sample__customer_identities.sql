-- One row per hashed identifier of a customer of the sample, and whom it tells.
{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('stg_sample__customers') }}
    where row_status = 'used'

),

identifiers as (

    select
        customer_hash as identifier_hash,
        customer_hash,
        churned_on,
        true as is_customer_id
    from customers

    union all

    select
        phone_number_hash as identifier_hash,
        customer_hash,
        churned_on,
        false as is_customer_id
    from customers

    union all

    select
        email_hash as identifier_hash,
        customer_hash,
        churned_on,
        false as is_customer_id
    from customers

),

-- The number of somebody who left may be somebody else's by now, so present customers come first.
owners as (

    select
        *,
        dense_rank() over (
            partition by identifier_hash
            order by churned_on is not null
        ) as owner_rank
    from identifiers
    where identifier_hash is not null

),

customer_identities as (

    select
        identifier_hash,
        case when count(distinct customer_hash) = 1 then min(customer_hash) end as customer_hash,
        case
            when bool_or(is_customer_id) then 'certain'
            when count(distinct customer_hash) = 1 then 'likely'
            else 'shared'
        end as identity_confidence
    from owners
    where owner_rank = 1
    group by identifier_hash

)

select * from customer_identities
