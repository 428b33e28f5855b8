-- One row per channel in the call records, with the id of the contact it is part of.
{{ config(materialized='table') }}

with

cdr as (

    select * from {{ ref('stg_asterisk__cdr') }}
    where row_status = 'used' and uniqueid is not null

),

-- Two calls that become one keep the id of the older: ids are the epoch, a dot and a number.
call_roots as (

    select
        source_instance,
        uniqueid as call_id,
        min_by(
            coalesce(linkedid, uniqueid),
            lpad(cast(length(coalesce(linkedid, uniqueid)) as string), 3, '0')
            || coalesce(linkedid, uniqueid)
        ) as root_call_id
    from cdr
    group by source_instance, uniqueid

)

select * from call_roots
