-- One row per landed row of the changes of ticket fields, used or not.
{%- set kept = ['group_id', 'assignee_id', 'first_reply_time', 'requester_wait_time',
                'agent_work_time', 'total_resolution_time', var('zendesk_time_spent_field')] %}
{%- set kept_names = [] %}
{%- for field in kept %}{% do kept_names.append(exact_text_literal(field)) %}{% endfor %}
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket_field_history') }}

),

typed_rows as (

    select
        source_instance,
        ticket_id as source_ticket_id,
        lower(field_name) as field_name,
        -- Texts that agents or customers wrote are not carried further.
        case
            when lower(field_name) = 'status' then replace(lower(value), '-', '_')
            when lower(field_name) in ('priority', 'satisfaction_score') then lower(value)
            {%- for kept_name in kept_names %}
                when lower(field_name) = {{ kept_name }} then value
            {%- endfor %}
        end as field_value,
        nullif(user_id, '-1') as source_user_id,
        {{ utc_from_offset_text('updated') }} as changed_at,
        {{ fivetran_columns({
            'missing_ticket_id': 'ticket_id is null',
            'missing_field_name': 'field_name is null',
            'unusable_updated': '(' ~ utc_from_offset_text('updated') ~ ') is null',
            'undocumented_status': "lower(field_name) = 'status' and coalesce(lower(value), '')
                not in ('new', 'open', 'pending', 'hold', 'on-hold', 'solved', 'closed',
                        'deleted')",
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_ticket_id', 'field_name', 'changed_at']) }}
    from typed_rows

),

field_changes as (

    select
        source_instance,
        source_ticket_id,
        field_name,
        case when field_value = 'hold' then 'on_hold' else field_value end as field_value,
        source_user_id,
        {{ fivetran_fate({
            'field_not_needed':
                "field_name not in ('status', 'priority', 'satisfaction_score', "
                ~ kept_names | join(', ') ~ ")",
        }) }},
        changed_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from field_changes
