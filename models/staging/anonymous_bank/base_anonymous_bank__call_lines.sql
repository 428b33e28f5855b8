-- One row per line of the landed call files, split into its fields; header lines are not counted.
{{ config(materialized='view') }}

with

landed_lines as (

    select * from {{ read_landed_lines('anonymous_bank', 'calls') }}

),

trimmed_lines as (

    select
        line,
        trim(regexp_replace(line, ' *' || chr(9) || ' *', chr(9), 'g')) as trimmed_line,
        source_file,
        source_row
    from landed_lines

),

split_lines as (

    -- A line with more or fewer fields has none: nobody can say which is which.
    select
        line,
        trimmed_line,
        case
            when len(string_split(trimmed_line, chr(9))) = 17
                then string_split(trimmed_line, chr(9))
        end as parts,
        source_file,
        source_row
    from trimmed_lines

),

numbered_lines as (

    -- A copy may write its codes in the other case, but not its two numbers.
    select
        *,
        row_number() over (
            partition by
                case when parts is null then trimmed_line else upper(trimmed_line) end,
                parts[2:3]
            order by source_file, source_row
        ) as copy_number
    from split_lines

),

call_lines as (

    select
        nullif(upper(parts[1]), '') as vru_line,
        nullif(parts[2], '') as call_id,
        {{ salted_hash("nullif(nullif(parts[3], ''), '0')") }} as customer_hash,

        parts[4] as priority,
        upper(parts[5]) as call_type,
        upper(parts[13]) as outcome,
        nullif(nullif(upper(parts[17]), ''), 'NO_SERVER') as server,

        parts[9] as vru_time,
        parts[12] as q_time,
        parts[16] as ser_time,

        parts is null as is_malformed,
        copy_number,
        line,

        parts[6] as call_date,
        parts[7] as vru_entry,
        parts[8] as vru_exit,
        parts[10] as q_start,
        parts[11] as q_exit,
        parts[14] as ser_start,
        parts[15] as ser_exit,

        source_file,
        source_row
    from numbered_lines

)

select * from call_lines
