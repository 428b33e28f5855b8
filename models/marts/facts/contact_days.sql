-- One row per date, channel, reason and direction, with its contacts.
{{ config(
    schema='intermediate',
    access='private',
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_contacts', 'started_date') }}"
) }}

with

contacts as (

    select * from {{ ref('fact_contacts') }}
    {{ of_touched_dates('fact_contacts', 'started_date') }}

),

contact_days as (

    select
        channel_name,
        contact_reason_name,
        direction,
        cast(sum(contact_count) as bigint) as contact_count,
        cast(sum(reason_known_count) as bigint) as reason_known_count,
        cast(sum(inbound_or_outbound_count) as bigint) as inbound_or_outbound_count,
        started_date
    from contacts
    group by channel_name, contact_reason_name, direction, started_date

)

select * from contact_days
