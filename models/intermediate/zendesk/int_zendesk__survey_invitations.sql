-- One row per ticket of Zendesk whose customer was asked for a satisfaction rating.
with

satisfaction_events as (

    select * from {{ ref('int_zendesk__satisfaction_events') }}

),

survey_invitations as (

    select
        survey_key,
        source_system,
        source_instance,
        source_ticket_id as source_survey_id,
        contact_key,
        ticket_key,
        'satisfaction_rating' as form_code,
        cast(null as string) as survey_channel,
        true as is_delivered,
        min(offered_at) as sent_at,
        cast(null as string) as dq_flag,
        min_by(source_file, (offered_at, source_file, source_row)) as source_file,
        min_by(source_row, (offered_at, source_file, source_row)) as source_row,
        max(loaded_at) as loaded_at
    from satisfaction_events
    group by
        survey_key, source_system, source_instance, source_ticket_id, contact_key, ticket_key

)

select * from survey_invitations
