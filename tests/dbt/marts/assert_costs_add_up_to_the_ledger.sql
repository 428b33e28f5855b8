-- The costs of a month, site, account and currency add up to the ledger, to the last digit.
with

ledger as (

    select
        source_system,
        source_instance,
        month_start_date,
        coalesce(site_name, 'Unknown site') as site_name,
        currency_code,
        sum(amount) as ledger_amount
    from {{ ref('int_cost_lines') }}
    group by source_system, source_instance, month_start_date, site_name, currency_code

),

costs as (

    select
        source_system,
        source_instance,
        month_start_date,
        site_name,
        currency_code,
        sum(amount) as cost_amount
    from {{ ref('fact_cost_months') }}
    group by source_system, source_instance, month_start_date, site_name, currency_code

)

select
    ledger.*,
    costs.cost_amount
from ledger
full outer join costs
    on
        ledger.source_system = costs.source_system
        and ledger.source_instance = costs.source_instance
        and ledger.month_start_date = costs.month_start_date
        and ledger.site_name = costs.site_name
        and ledger.currency_code = costs.currency_code
where ledger.ledger_amount is distinct from costs.cost_amount
