-- One row per customer of the files.
with

customers as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__customers') }}
    where row_status = 'used'

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
    from customers

)

select * from keyed_customers
