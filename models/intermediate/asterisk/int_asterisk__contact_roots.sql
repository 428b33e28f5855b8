-- One row per id under which a call went on in a queue that it had entered under another one.
with

queue_entries as (

    select * from {{ ref('int_asterisk__queue_entries') }}
    where root_call_id <> stay_root_call_id

),

contact_roots as (

    select
        source_instance,
        root_call_id,
        min_by(stay_root_call_id, offered_at) as source_contact_id
    from queue_entries
    group by source_instance, root_call_id

)

select * from contact_roots
