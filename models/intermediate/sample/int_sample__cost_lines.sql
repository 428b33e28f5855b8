-- One row per line of the sample's cost ledger.
with

cost_ledger as (

    select * from {{ ref('stg_sample__cost_ledger') }}
    where row_status = 'used'

),

sites as (

    select * from {{ ref('stg_sample__sites') }}

),

cost_lines as (

    select
        'sample' as source_system,
        'default' as source_instance,
        cost_ledger.source_line_id,
        cost_ledger.month_start_date,
        sites.site_name,
        cost_ledger.account_code,
        cost_ledger.amount,
        cost_ledger.currency_code,
        cost_ledger.dq_flag,
        cost_ledger.source_file,
        cost_ledger.source_row,
        cost_ledger.loaded_at
    from cost_ledger
    left join sites on cost_ledger.site_code = sites.site_code

)

select * from cost_lines
