-- One row per landed row of the groups, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'group') }}

),

typed_rows as (

    select
        source_instance,
        id as source_group_id,
        name as group_name,
        {{ utc_from_offset_text('updated_at') }} as updated_at,
        {{ fivetran_columns({
            'missing_group_id': 'id is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_group_id'], 'updated_at') }}
    from typed_rows

),

groups as (

    select
        source_instance,
        source_group_id,
        group_name,
        {{ fivetran_fate(is_directory=true) }},
        updated_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from groups
