-- One row per landed row of the items of the sample's evaluations, used or not.
with

raw_evaluation_items as (

    select * from {{ ref('raw_evaluation_items') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_evaluation_items') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_evaluation_items

),

typed_rows as (

    select
        evaluation_id as source_evaluation_id,
        item_id as item_code,
        lower(item_kind) as item_kind,
        case
            when lower(result) in ('passed', 'failed', 'not_applicable') then lower(result)
        end as result,

        try_cast(points as decimal(18, 3)) as points,
        try_cast(possible_points as decimal(18, 3)) as possible_points,
        try_cast(weight as decimal(9, 3)) as weight,

        nullif(
            concat_ws(
                ', ',
                {{ unreadable_flag('points', 'points') }},
                {{ unreadable_flag('possible_points', 'possible_points') }},
                {{ unreadable_flag('weight', 'weight') }},
                case
                    when lower(result) not in ('passed', 'failed', 'not_applicable')
                        then 'undocumented_result'
                end
            ),
            ''
        ) as dq_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_evaluation_id is null then 'missing_evaluation_id'
            when item_code is null then 'missing_item_id'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_evaluation_id,
                item_code,
                -- Only usable rows compete to be the newest version.
                quarantine_reason is null and copy_number = 1
            order by source_row desc
        ) as version_rank
    from judged_rows

),

evaluation_items as (

    select
        source_evaluation_id,
        item_code,
        item_kind,
        result,

        points,
        possible_points,
        weight,

        dq_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_evaluation_items.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from evaluation_items
