-- One row per line of the landed call files, header lines not counted.
{{ config(materialized='view') }}

with

landed_rows as (

    select * from {{ landed_rows('anonymous_bank', 'calls') }}

),

numbered_rows as (

    -- A copy may write its codes in the other case, but not its two numbers.
    select
        *,
        row_number() over (
            partition by
                source_instance,
                case when is_malformed then trim(line) end,
                upper("vru+line"),
                call_id,
                customer_id,
                priority,
                upper(type),
                date,
                vru_entry,
                vru_exit,
                vru_time,
                q_start,
                q_exit,
                q_time,
                upper(outcome),
                ser_start,
                ser_exit,
                ser_time,
                upper(server)
            order by source_file, source_row
        ) as copy_number
    from landed_rows

),

call_lines as (

    select
        upper("vru+line") as vru_line,
        call_id,
        {{ salted_hash("nullif(customer_id, '0')") }} as customer_hash,

        priority,
        upper(type) as call_type,
        upper(outcome) as outcome,
        nullif(upper(server), 'NO_SERVER') as server,

        vru_time,
        q_time,
        ser_time,

        is_malformed,
        copy_number,
        line,

        date as call_date,
        vru_entry,
        vru_exit,
        q_start,
        q_exit,
        ser_start,
        ser_exit,

        source_instance,
        source_file,
        source_row
    from numbered_rows

)

select * from call_lines
