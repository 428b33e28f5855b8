-- One row per landed row of the sample's wrap-up codes, one version of a position, used or not.
with

raw_wrap_up_codes as (

    select * from {{ ref('raw_wrap_up_codes') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_wrap_up_codes') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_wrap_up_codes

),

typed_rows as (

    select
        contact_id as source_contact_id,
        try_cast(position as int) as disposition_position,
        upper(code) as disposition_code,
        agent_id as agent_code,

        {{ utc_from_offset_text('set_at') }} as set_at,

        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_contact_id is null then 'missing_contact_id'
            when disposition_position is null then 'unusable_position'
            when disposition_code is null then 'missing_code'
            when set_at is null then 'unusable_set_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_contact_id,
                disposition_position,
                -- Only usable rows compete to be the newest version.
                quarantine_reason is null and copy_number = 1
            order by set_at desc, source_row desc
        ) as version_rank
    from judged_rows

),

wrap_up_codes as (

    select
        source_contact_id,
        disposition_position,
        disposition_code,
        agent_code,

        set_at,

        {{ fate_of_versions() }},
        'seeds/sample/raw_wrap_up_codes.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from wrap_up_codes
