-- One row per item of an evaluation of the files.
with

evaluation_items as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__evaluation_items') }}
    where row_status = 'used'

),

keyed_items as (

    select
        {{ source_key('evaluation', 'evaluation_id') }} as evaluation_key,
        source_system,
        source_instance,
        item_code,
        item_kind,
        points,
        possible_points,
        weight,
        result,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from evaluation_items

)

select * from keyed_items
