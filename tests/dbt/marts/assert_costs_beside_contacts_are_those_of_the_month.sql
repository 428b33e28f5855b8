-- Costs beside contacts are all costs of their months, and each currency has the same contacts.
with

costs_beside_contacts as (

    select
        source_system,
        source_instance,
        currency_code,
        month_start_date,
        sum(amount) as amount,
        sum(contact_count) as contact_count
    from {{ ref('fact_cost_contact_months') }}
    group by source_system, source_instance, currency_code, month_start_date

),

ledger as (

    select
        source_system,
        source_instance,
        currency_code,
        month_start_date,
        sum(amount) as amount
    from {{ ref('fact_cost_months') }}
    group by source_system, source_instance, currency_code, month_start_date

),

compared as (

    select
        costs_beside_contacts.*,
        ledger.amount as ledger_amount,
        max(costs_beside_contacts.contact_count) over (
            partition by
                costs_beside_contacts.source_system,
                costs_beside_contacts.source_instance,
                costs_beside_contacts.month_start_date
        ) as most_contact_count
    from costs_beside_contacts
    left join ledger
        on
            costs_beside_contacts.source_system = ledger.source_system
            and costs_beside_contacts.source_instance = ledger.source_instance
            and costs_beside_contacts.currency_code = ledger.currency_code
            and costs_beside_contacts.month_start_date = ledger.month_start_date

)

select * from compared
where amount is distinct from ledger_amount or contact_count <> most_contact_count
