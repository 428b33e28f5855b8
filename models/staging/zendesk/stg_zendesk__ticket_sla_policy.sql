-- One row per landed row of the service policies of tickets, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket_sla_policy') }}

),

typed_rows as (

    select
        source_instance,
        ticket_id as source_ticket_id,
        sla_policy_id as source_policy_id,
        {{ utc_from_offset_text('policy_applied_at') }} as applied_at,
        {{ fivetran_columns({
            'missing_ticket_id': 'ticket_id is null',
            'missing_sla_policy_id': 'sla_policy_id is null',
            'unusable_policy_applied_at': '(' ~ utc_from_offset_text('policy_applied_at') ~ ') is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_ticket_id', 'source_policy_id', 'applied_at']) }}
    from typed_rows

),

ticket_policies as (

    select
        source_instance,
        source_ticket_id,
        source_policy_id,
        {{ fivetran_fate() }},
        applied_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from ticket_policies
