-- One row per landed row of the organizations, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'organization') }}

),

typed_rows as (

    select
        source_instance,
        id as source_organization_id,
        {{ utc_from_offset_text('updated_at') }} as updated_at,
        {{ fivetran_columns({
            'missing_organization_id': 'id is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_organization_id'], 'updated_at') }}
    from typed_rows

),

organizations as (

    select
        source_instance,
        source_organization_id,
        {{ fivetran_fate(is_directory=true) }},
        updated_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from organizations
