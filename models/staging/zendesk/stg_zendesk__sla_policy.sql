-- One row per landed row of the service policies, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'sla_policy') }}

),

typed_rows as (

    select
        source_instance,
        id as source_policy_id,
        title as policy_name,
        {{ utc_from_offset_text('updated_at') }} as updated_at,
        {{ fivetran_columns({
            'missing_policy_id': 'id is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_policy_id'], 'updated_at') }}
    from typed_rows

),

policies as (

    select
        source_instance,
        source_policy_id,
        policy_name,
        {{ fivetran_fate(is_directory=true) }},
        updated_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from policies
