-- One row per wrap-up code that an agent set on a contact.
with

codes as (

    select * from {{ ref('int_genesys_cloud__codes') }}

),

contacts as (

    select contact_key from {{ ref('int_genesys_cloud__contacts') }}

),

contact_dispositions as (

    select
        codes.contact_key,
        codes.source_system,
        codes.source_instance,
        cast(codes.code_number as int) as disposition_position,
        codes.wrap_up_code as disposition_code,
        codes.user_id as agent_code,
        codes.coded_at as set_at,
        cast(null as string) as dq_flag,
        codes.source_file,
        codes.source_row,
        codes.loaded_at
    from codes
    inner join contacts on codes.contact_key = contacts.contact_key

)

select * from contact_dispositions
