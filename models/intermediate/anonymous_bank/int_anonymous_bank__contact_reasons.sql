-- One row per instance and documented type of call.
with

call_types (contact_reason_code, contact_reason_name, category) as (

    values
    ('PS', 'Regular activity', 'Banking'),
    ('PE', 'Regular activity in English', 'Banking'),
    ('IN', 'Internet support', 'Support'),
    ('NE', 'Stock exchange', 'Securities'),
    ('NW', 'Prospective customer', 'Sales'),
    ('TT', 'Return call to a customer put on hold', 'Banking')

),

instances as (

    select distinct source_instance from {{ ref('int_anonymous_bank__calls') }}

),

contact_reasons as (

    select
        'anonymous_bank' as source_system,
        instances.source_instance,
        call_types.contact_reason_code,
        call_types.contact_reason_name,
        call_types.category
    from call_types
    cross join instances

)

select * from contact_reasons
