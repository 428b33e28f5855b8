-- One row per line of the files' cost ledger.
with

cost_lines as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__cost_lines') }}
    where row_status = 'used'

),

monthly_lines as (

    select
        source_system,
        source_instance,
        line_id as source_line_id,
        cast(date_trunc('month', month_start_date) as date) as month_start_date,
        site_name,
        account_code,
        amount,
        currency_code,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from cost_lines

)

select * from monthly_lines
