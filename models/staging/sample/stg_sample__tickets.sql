-- One row per landed row of the sample's tickets, used or not.
with

raw_tickets as (

    select * from {{ ref('raw_tickets') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_tickets') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_tickets

),

typed_rows as (

    select
        ticket_id as source_ticket_id,
        lower(channel) as channel_code,
        {{ salted_hash('requester') }} as requester_hash,
        {{ salted_hash('customer_id') }} as customer_hash,
        contact_reason as contact_reason_code,
        lower(priority) as priority,
        external_id as external_source_contact_id,
        case lower(tried_self_service) when 'yes' then true when 'no' then false end
            as has_tried_self_service,
        lower(status) as status,
        {{ utc_from_offset_text('created_at') }} as created_at,
        {{ utc_from_offset_text('updated_at') }} as updated_at,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_ticket_id is null then 'missing_ticket_id'
            when
                channel_code is null
                or channel_code not in ('email', 'contact_form', 'feedback_form', 'fax', 'phone')
                then 'unknown_channel'
            when created_at is null then 'unusable_created_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_ticket_id,
                -- Only usable rows compete to be the newest version of their ticket.
                quarantine_reason is null and copy_number = 1
            order by updated_at desc nulls last, source_row desc
        ) as version_rank
    from judged_rows

),

tickets as (

    select
        source_ticket_id,
        channel_code,
        requester_hash,
        customer_hash,
        contact_reason_code,
        priority,
        external_source_contact_id,
        has_tried_self_service,
        status,
        created_at,
        updated_at,
        {{ fate_of_versions() }},
        'seeds/sample/raw_tickets.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from tickets
