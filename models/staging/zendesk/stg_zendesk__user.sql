-- One row per landed row of the users, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'user') }}

),

typed_rows as (

    select
        source_instance,
        id as source_user_id,
        default_group_id as source_group_id,
        case when lower(role) in ('agent', 'admin') then name end as agent_name,
        {{ address_hash('email') }} as email_hash,
        {{ address_hash('phone') }} as phone_hash,
        lower(role) as role,
        coalesce(try_cast(suspended as boolean), false) as is_suspended,
        {{ utc_from_offset_text('updated_at') }} as updated_at,
        {{ fivetran_columns({
            'missing_user_id': 'id is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_user_id'], 'updated_at') }}
    from typed_rows

),

users as (

    select
        source_instance,
        source_user_id,
        source_group_id,
        agent_name,
        email_hash,
        phone_hash,
        role,
        is_suspended,
        {{ fivetran_fate(is_directory=true) }},
        updated_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from users
