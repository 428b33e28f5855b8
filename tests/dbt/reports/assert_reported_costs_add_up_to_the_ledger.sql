-- All rows of a month and currency together are what the ledger has, and so are the parts of a row.
with

ledger as (

    select
        month_start_date,
        currency_code,
        sum(amount) as amount
    from {{ ref('fact_cost_months') }}
    group by month_start_date, currency_code

),

reported as (

    select
        month_start_date,
        currency_code,
        sum(total_amount) as total_amount,
        sum(
            work_amount + idle_amount + overhead_amount + unknown_account_amount
            + no_records_amount
        ) as parts
    from {{ ref('report_cost') }}
    group by month_start_date, currency_code

)

select
    ledger.month_start_date,
    ledger.currency_code
from ledger
left join reported
    on
        ledger.month_start_date = reported.month_start_date
        and ledger.currency_code = reported.currency_code
where
    reported.month_start_date is null
    or ledger.amount <> reported.total_amount
    or ledger.amount <> reported.parts
