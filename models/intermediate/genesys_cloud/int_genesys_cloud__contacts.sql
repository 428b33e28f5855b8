-- One row per conversation and channel in which somebody could be spoken to.
{{ config(materialized='table') }}

with

contact_outlines as (

    select * from {{ ref('int_genesys_cloud__contact_outlines') }}

),

connections as (

    select * from {{ ref('int_genesys_cloud__connections') }}

),

codes as (

    select * from {{ ref('int_genesys_cloud__codes') }}

),

connected_contacts as (

    select distinct contact_key from connections
    where leg_type = 'customer'

),

codes_per_contact as (

    select
        contact_key,
        max_by(wrap_up_code, code_number) as disposition,
        {%- set excluding = var('genesys_cloud_excluding_codes') %}
        max(
            case wrap_up_code
                {%- for code, reason in excluding.items() %}
                    when {{ text_literal(code) }} then {{ exact_text_literal(reason) }}
                {%- else %}
                    when null then null
                {%- endfor %}
            end
        ) as exclusion_reason
    from codes
    group by contact_key

),

-- What the center dials in vain is an attempt and no contact.
described_contacts as (

    select
        contact_outlines.*,
        codes_per_contact.disposition,
        case
            when contact_outlines.direction = 'internal' then 'internal'
            when contact_outlines.is_spam then 'spam'
            else cast(codes_per_contact.exclusion_reason as string)
        end as exclusion_reason
    from contact_outlines
    left join connected_contacts
        on contact_outlines.contact_key = connected_contacts.contact_key
    left join codes_per_contact
        on contact_outlines.contact_key = codes_per_contact.contact_key
    where
        contact_outlines.direction <> 'outbound'
        or connected_contacts.contact_key is not null

),

contacts as (

    select
        described_contacts.contact_key,
        described_contacts.source_system,
        described_contacts.source_instance,
        described_contacts.source_contact_id,
        previous_contacts.contact_key as previous_contact_key,
        described_contacts.customer_key,
        described_contacts.customer_hash,
        described_contacts.identity_confidence,

        described_contacts.direction,
        described_contacts.channel_code,
        cast(null as string) as contact_reason_code,
        described_contacts.disposition,
        case
            when described_contacts.direction = 'inbound' then described_contacts.dialed_number
        end as extension,

        described_contacts.exclusion_reason is not null as is_excluded,
        described_contacts.exclusion_reason,
        cast(null as string) as dq_flag,

        described_contacts.started_at,
        described_contacts.ended_at,

        described_contacts.source_file,
        described_contacts.source_row,
        described_contacts.loaded_at
    from described_contacts
    left join described_contacts as previous_contacts
        on described_contacts.previous_contact_key = previous_contacts.contact_key

)

select * from contacts
