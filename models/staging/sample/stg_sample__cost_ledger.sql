-- One row per landed row of the sample's cost ledger, used or not.
with

raw_cost_ledger as (

    select * from {{ ref('raw_cost_ledger') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_cost_ledger') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_cost_ledger

),

typed_rows as (

    select
        ledger_id as source_line_id,
        try_cast(month || '-01' as date) as month_start_date,
        site_id as site_code,
        lower(account) as account_code,
        try_cast(amount as decimal(18, 4)) as amount,
        upper(currency) as currency_code,

        cast(null as string) as dq_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_line_id is null then 'missing_ledger_id'
            when month_start_date is null then 'unusable_month'
            when amount is null then 'unusable_amount'
            when currency_code is null then 'missing_currency'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_line_id,
                -- Only usable rows compete; of two the one further down the file was written later.
                quarantine_reason is null and copy_number = 1
            order by source_row desc
        ) as version_rank
    from judged_rows

),

cost_ledger as (

    select
        source_line_id,
        site_code,
        account_code,
        currency_code,

        amount,

        month_start_date,

        dq_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_cost_ledger.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from cost_ledger
