-- One row per contact of the sample and position of a wrap-up code, in its last version.
with

wrap_up_codes as (

    select
        'sample' as source_system,
        'default' as source_instance,
        *
    from {{ ref('stg_sample__wrap_up_codes') }}
    where row_status = 'used'

),

keyed_codes as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        source_system,
        source_instance,
        disposition_position,
        disposition_code,
        agent_code,
        set_at,
        cast(null as string) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from wrap_up_codes

)

select * from keyed_codes
