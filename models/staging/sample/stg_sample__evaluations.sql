-- One row per landed row of the sample's evaluations, used or not.
with

raw_evaluations as (

    select * from {{ ref('raw_evaluations') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_evaluations') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_evaluations

),

typed_rows as (

    select
        evaluation_id as source_evaluation_id,
        contact_id as source_contact_id,
        agent_id as agent_code,
        evaluator_id as evaluator_code,
        form_id as form_code,
        upper(status) as status,

        {{ utc_from_offset_text('evaluated_at') }} as evaluated_at,

        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_evaluation_id is null then 'missing_evaluation_id'
            when evaluated_at is null then 'unusable_evaluated_at'
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
                -- Only usable rows compete to be the newest version.
                quarantine_reason is null
                and copy_number = 1
                and status is distinct from 'VOID'
            order by evaluated_at desc, source_row desc
        ) as version_rank
    from judged_rows

),

evaluations as (

    select
        source_evaluation_id,
        source_contact_id,
        agent_code,
        evaluator_code,
        form_code,
        status,

        evaluated_at,

        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then 'quarantined'
            when status = 'VOID' or version_rank > 1 then 'dropped'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            when status = 'VOID' then 'void'
            when version_rank > 1 then 'superseded_version'
        end as row_status_reason,
        case
            when copy_number = 1 and quarantine_reason is not null then row_text
        end as raw_values,
        'seeds/sample/raw_evaluations.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from evaluations
