-- One row per survey about a conversation.
with

surveys as (

    select * from {{ ref('stg_genesys_cloud__surveys') }}
    where
        survey_id is not null
        and form_id is not null
        and coalesce(happened_at, completed_at) is not null

),

first_contacts as (

    select * from {{ ref('int_genesys_cloud__contact_outlines') }}
    qualify row_number() over (partition by document_id order by started_at, channel_code) = 1

),

survey_invitations as (

    select
        {{ source_key(
            'survey',
            'surveys.survey_id',
            'first_contacts.source_system',
            'first_contacts.source_instance'
        ) }} as survey_key,
        first_contacts.source_system,
        first_contacts.source_instance,
        surveys.survey_id as source_survey_id,
        first_contacts.contact_key,
        cast(null as bigint) as ticket_key,
        surveys.form_id as form_code,
        cast(null as string) as survey_channel,
        surveys.promoter_score,
        surveys.completed_at,
        coalesce(surveys.survey_status not in ('ERROR', 'OPTOUT'), true) as is_delivered,
        least(surveys.happened_at, surveys.completed_at) as sent_at,
        cast(null as string) as dq_flag,
        first_contacts.source_file,
        first_contacts.source_row,
        first_contacts.loaded_at
    from surveys
    inner join first_contacts on surveys.document_id = first_contacts.document_id
    qualify
        row_number() over (
            partition by first_contacts.source_instance, surveys.survey_id
            order by
                surveys.completed_at desc nulls last,
                surveys.happened_at desc nulls last,
                first_contacts.source_contact_id desc
        ) = 1

)

select * from survey_invitations
