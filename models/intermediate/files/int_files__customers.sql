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
        *,
        {{ source_key('customer', 'customer_hash') }} as customer_key
    from customers

)

select * from keyed_customers
