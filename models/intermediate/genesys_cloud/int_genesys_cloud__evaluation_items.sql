-- One row per completed evaluation: the total, in percent, is all that a conversation tells of it.
with

evaluations as (

    select * from {{ ref('int_genesys_cloud__evaluations') }}
    where is_completed and total_score is not null

),

evaluation_items as (

    select
        evaluation_key,
        source_system,
        source_instance,
        'total' as item_code,
        'skill' as item_kind,
        total_score as points,
        cast(100 as decimal(18, 3)) as possible_points,
        cast(1 as decimal(9, 3)) as weight,
        cast(null as string) as result,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from evaluations

)

select * from evaluation_items
