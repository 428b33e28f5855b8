-- One row per used call detail record, with its contact and who its two parties are.
{{ config(materialized='table') }}
{%- set extensions = var('asterisk_extensions') %}

with

cdr as (

    select * from {{ ref('stg_asterisk__cdr') }}
    where row_status = 'used'

),

call_roots as (

    select * from {{ ref('int_asterisk__call_roots') }}

),

contact_roots as (

    select * from {{ ref('int_asterisk__contact_roots') }}

),

queued_contacts as (

    select distinct
        source_instance,
        source_contact_id
    from {{ ref('int_asterisk__queue_stays') }}

),

paths_with_root as (

    select
        cdr.*,
        coalesce(call_roots.root_call_id, cdr.linkedid, cdr.source_path_id) as root_call_id,
        {{ asterisk_interface('cdr.channel') }} as interface,
        {{ asterisk_interface('cdr.destination_channel') }} as destination_interface
    from cdr
    left join call_roots
        on
            cdr.source_instance = call_roots.source_instance
            and cdr.uniqueid = call_roots.call_id

),

paths_of_contacts as (

    select
        paths_with_root.*,
        coalesce(contact_roots.source_contact_id, paths_with_root.root_call_id)
            as source_contact_id,
        {{ asterisk_device('paths_with_root.interface') }} as device,
        {{ asterisk_device('paths_with_root.destination_interface') }} as destination_device
    from paths_with_root
    left join contact_roots
        on
            paths_with_root.source_instance = contact_roots.source_instance
            and paths_with_root.root_call_id = contact_roots.root_call_id

),

paths_in_order as (

    select
        *,
        {{ matches_whole('device', extensions) }} as is_from_extension,
        coalesce({{ matches_whole('destination_device', extensions) }}, false)
            as is_to_extension,
        row_number() over (
            partition by source_instance, source_contact_id
            order by started_at, sequence, source_path_id
        ) as path_number
    from paths_of_contacts

),

-- As the contact began: from outside, by an extension to the outside, or among extensions.
directions as (

    select
        source_instance,
        source_contact_id,
        case
            when
                context in (
                    {%- for context in var('asterisk_inbound_contexts') %}
                        {{ exact_text_literal(context) }},
                    {%- endfor %}
                    ''
                )
                then 'inbound'
            when
                not is_from_extension
                and context not in (
                    {%- for context in var('asterisk_internal_contexts') %}
                        {{ exact_text_literal(context) }},
                    {%- endfor %}
                    ''
                )
                then 'inbound'
            when dialed_extension is not null or is_feature_code then 'internal'
            else 'outbound'
        end as direction
    from paths_in_order
    where path_number = 1

),

cdr_paths as (

    select
        'asterisk' as source_system,
        paths_in_order.source_instance,
        paths_in_order.source_path_id,
        paths_in_order.source_contact_id,
        case
            when queued_contacts.source_contact_id is not null then 'inbound'
            else directions.direction
        end as direction,
        queued_contacts.source_contact_id is not null as is_queued,
        paths_in_order.path_number,
        case directions.direction
            when 'outbound' then paths_in_order.dialed_number_hash
            else paths_in_order.source_number_hash
        end as customer_hash,
        coalesce(
            paths_in_order.dialed_in_number,
            case when directions.direction = 'inbound' then paths_in_order.dialed_extension end
        ) as extension,
        paths_in_order.interface,
        paths_in_order.destination_interface,
        paths_in_order.device,
        paths_in_order.destination_device,
        paths_in_order.is_from_extension,
        paths_in_order.is_to_extension,
        paths_in_order.channel like 'Local/%' as is_from_inside,
        coalesce(paths_in_order.last_application in ('Queue', 'AppQueue'), false) as is_of_queue,
        -- Dialed straight: the number is the extension's own.
        coalesce(
            paths_in_order.dialed_extension = paths_in_order.destination_device
            or paths_in_order.context = 'from-did-direct',
            false
        ) as is_direct,
        paths_in_order.disposition,
        coalesce(
            paths_in_order.disposition = 'ANSWERED' and paths_in_order.billed_seconds > 0, false
        ) as is_answered,
        paths_in_order.dq_flag,
        paths_in_order.started_at,
        paths_in_order.connected_at,
        paths_in_order.ended_at,
        paths_in_order.source_file,
        paths_in_order.source_row,
        paths_in_order.loaded_at
    from paths_in_order
    inner join directions
        on
            paths_in_order.source_instance = directions.source_instance
            and paths_in_order.source_contact_id = directions.source_contact_id
    left join queued_contacts
        on
            paths_in_order.source_instance = queued_contacts.source_instance
            and paths_in_order.source_contact_id = queued_contacts.source_contact_id

)

select * from cdr_paths
