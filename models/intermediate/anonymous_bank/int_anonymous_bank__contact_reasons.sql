-- One row per documented type of call.
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

contact_reasons as (

    select
        'anonymous_bank' as source_system,
        'default' as source_instance,
        contact_reason_code,
        contact_reason_name,
        category
    from call_types

)

select * from contact_reasons
