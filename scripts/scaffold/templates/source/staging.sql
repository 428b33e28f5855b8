-- One row per row of the landed $table files, used or not.
with

landed_rows as (

    select
        *,
        row_number() over (
            partition by source_instance, line
            order by source_file, source_row
        ) as copy_number
    from {{ landed_rows('$source', '$table') }}

),

-- TODO: rename and type the columns; times become UTC, the customer a salted hash.
typed_$table as (

    select * from landed_rows

),

judged_$table as (

    select
        *,
        case
            when copy_number > 1 then 'exact_duplicate'
            when is_malformed then 'wrong_number_of_fields'
            -- TODO: a reason for each row that cannot be used, such as a time that cannot be read.
        end as row_status_reason
    from typed_$table

),

$table as (

    select
        *,
        case
            when row_status_reason is null then 'used'
            when row_status_reason = 'exact_duplicate' then 'duplicate'
            else 'quarantined'
        end as row_status,
        case
            when row_status_reason not in ('exact_duplicate') then line
        end as raw_values,
        {{ build_started_at() }} as loaded_at
    from judged_$table

)

select * from $table
