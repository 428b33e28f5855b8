-- One row per survey of the sample sent about a contact, delivered or not.
with

surveys as (

    select
        'sample' as source_system,
        'default' as source_instance,
        *
    from {{ ref('stg_sample__surveys') }}
    where row_status = 'used'

),

keyed_surveys as (

    select
        {{ source_key('survey', 'source_survey_id') }} as survey_key,
        source_system,
        source_instance,
        source_survey_id,
        case
            when source_contact_id is not null
                then {{ source_key('contact', 'source_contact_id') }}
        end as contact_key,
        cast(null as bigint) as ticket_key,
        form_code,
        survey_channel,
        coalesce(delivery <> 'BOUNCED', true) as is_delivered,
        sent_at,
        cast(null as string) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from surveys

)

select * from keyed_surveys
