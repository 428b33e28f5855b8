-- One row per survey of the files sent about a contact, delivered or not.
with

survey_invitations as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__survey_invitations') }}
    where row_status = 'used'

),

keyed_surveys as (

    select
        {{ source_key('survey', 'survey_id') }} as survey_key,
        source_system,
        source_instance,
        survey_id as source_survey_id,
        case when contact_id is not null then {{ source_key('contact', 'contact_id') }} end
            as contact_key,
        cast(null as bigint) as ticket_key,
        form_code,
        survey_channel,
        is_delivered,
        sent_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from survey_invitations

)

select * from keyed_surveys
