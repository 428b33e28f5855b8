-- One row per customer in the sample's directory.
with

customers as (

    select * from {{ ref('stg_sample__customers') }}
    where row_status = 'used'

),

identified_customers as (

    select
        *,
        'sample' as source_system,
        'default' as source_instance
    from customers

),

keyed_customers as (

    select
        {{ source_key('customer', 'customer_hash') }} as customer_key,
        source_system,
        source_instance,
        customer_hash,
        segment,
        market,
        customer_since,
        churned_on,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from identified_customers

)

select * from keyed_customers
