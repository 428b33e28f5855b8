-- One row per contact of the files and position of a wrap-up code.
with

contact_dispositions as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__contact_dispositions') }}
    where row_status = 'used'

),

keyed_dispositions as (

    select
        {{ source_key('contact', 'contact_id') }} as contact_key,
        source_system,
        source_instance,
        disposition_position,
        disposition_code,
        agent_code,
        set_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from contact_dispositions

)

select * from keyed_dispositions
