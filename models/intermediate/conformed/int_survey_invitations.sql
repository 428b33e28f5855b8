-- One row per survey sent about a contact, delivered or not, of all enabled sources.
with

invitations as (

    {{ union_sources('survey_invitations') }}

),

ticket_call_links as (

    select * from {{ ref('int_ticket_call_links') }}

),

-- Whoever rates a ticket about a call rates that call.
linked_invitations as (

    select
        invitations.survey_key,
        invitations.source_system,
        invitations.source_instance,
        invitations.source_survey_id,
        coalesce(invitations.contact_key, ticket_call_links.contact_key) as contact_key,
        invitations.ticket_key,
        invitations.form_code,
        invitations.survey_channel,
        invitations.is_delivered,
        invitations.sent_at,
        invitations.dq_flag,
        invitations.source_file,
        invitations.source_row,
        invitations.loaded_at
    from invitations
    left join ticket_call_links on invitations.ticket_key = ticket_call_links.ticket_key

)

select * from linked_invitations
