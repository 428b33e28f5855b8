-- One row per line of the landed call files, split into its fields; header lines are not counted.
{{ config(materialized='view') }}

with

landed_lines as (

    select * from {{ read_landed_lines('anonymous_bank', 'calls') }}

),

trimmed_lines as (

    select
        line,
        trim(regexp_replace(line, ' *' || chr(9) || ' *', chr(9), 'g')) as content,
        source_file,
        source_row
    from landed_lines

),

split_lines as (

    -- A line with more or fewer fields has none: nobody can say which is which.
    select
        line,
        case
            when len(string_split(content, chr(9))) = 17 then string_split(content, chr(9))
        end as fields,
        row_number() over (partition by content order by source_file, source_row) as copy_number,
        source_file,
        source_row
    from trimmed_lines

),

call_lines as (

    select
        nullif(fields[1], '') as vru_line,
        nullif(fields[2], '') as call_id,
        {{ salted_hash("nullif(nullif(fields[3], ''), '0')") }} as customer_hash,

        fields[4] as priority,
        upper(fields[5]) as call_type,
        upper(fields[13]) as outcome,
        nullif(nullif(upper(fields[17]), ''), 'NO_SERVER') as server,

        fields[9] as vru_time,
        fields[12] as q_time,
        fields[16] as ser_time,

        fields is null as is_malformed,
        copy_number,
        line,

        fields[6] as call_date,
        fields[7] as vru_entry,
        fields[8] as vru_exit,
        fields[10] as q_start,
        fields[11] as q_exit,
        fields[14] as ser_start,
        fields[15] as ser_exit,

        source_file,
        source_row
    from split_lines

)

select * from call_lines
