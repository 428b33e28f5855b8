-- One row per source, complete month, channel and currency, with its costs and its contacts.
{{ config(meta={'rows_of': 'fact_cost_months'}) }}
with

cost_months as (

    select
        source_system,
        source_instance,
        channel_key,
        currency_code,
        month_start_date,
        sum(amount) as amount,
        bool_and(is_complete) as is_allocation_complete
    from {{ ref('fact_cost_months') }}
    group by source_system, source_instance, channel_key, currency_code, month_start_date

),

contacts as (

    select * from {{ ref('fact_contacts') }}

),

queue_days as (

    select * from {{ ref('fact_queue_days') }}
    where is_from_totals

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

record_dates as (

    select
        source_system,
        source_instance,
        {{ reporting_date('first_event_at') }} as first_date,
        {{ reporting_date('last_event_at') }} as last_date
    from source_horizons

),

-- Within the time of the records they hold, whatever the totals say.
totals_outside_records as (

    select queue_days.*
    from queue_days
    left join record_dates
        on
            queue_days.source_system = record_dates.source_system
            and queue_days.source_instance = record_dates.source_instance
    where
        record_dates.first_date is null
        or queue_days.offered_date < record_dates.first_date
        or queue_days.offered_date > record_dates.last_date

),

total_dates as (

    select
        source_system,
        source_instance,
        min(offered_date) as first_date,
        max(offered_date) as last_date
    from totals_outside_records
    group by source_system, source_instance

),

-- Totals know visits of queues, the nearest to contacts that is left of those months.
contact_months as (

    select
        source_system,
        source_instance,
        channel_key,
        cast(date_trunc('month', started_date) as date) as month_start_date,
        'contacts' as contact_basis,
        sum(contact_count) as contact_count,
        sum(resolved_known_count) as resolved_known_count,
        sum(resolved_count) as resolved_count
    from contacts
    group by source_system, source_instance, channel_key, date_trunc('month', started_date)

    union all

    select
        source_system,
        source_instance,
        channel_key,
        cast(date_trunc('month', offered_date) as date) as month_start_date,
        'daily_totals' as contact_basis,
        sum(offered_count) as contact_count,
        0 as resolved_known_count,
        0 as resolved_count
    from totals_outside_records
    group by source_system, source_instance, channel_key, date_trunc('month', offered_date)

),

-- Rent of a whole month over the contacts of a part of it would be no cost of a contact.
complete_months as (

    select
        contact_months.source_system,
        contact_months.source_instance,
        contact_months.month_start_date,
        case
            when min(contact_months.contact_basis) = max(contact_months.contact_basis)
                then min(contact_months.contact_basis)
            else 'both'
        end as contact_basis,
        sum(contact_months.resolved_known_count) > 0 as is_judged
    from contact_months
    left join record_dates
        on
            contact_months.source_system = record_dates.source_system
            and contact_months.source_instance = record_dates.source_instance
    left join total_dates
        on
            contact_months.source_system = total_dates.source_system
            and contact_months.source_instance = total_dates.source_instance
    group by
        contact_months.source_system,
        contact_months.source_instance,
        contact_months.month_start_date,
        record_dates.first_date,
        record_dates.last_date,
        total_dates.first_date,
        total_dates.last_date
    having
        (
            record_dates.first_date <= contact_months.month_start_date
            and record_dates.last_date
            >= contact_months.month_start_date + interval '1' month - interval '1' day
        )
        or (
            total_dates.first_date <= contact_months.month_start_date
            and total_dates.last_date
            >= contact_months.month_start_date + interval '1' month - interval '1' day
        )
        -- Totals up to the day before the records began.
        or (
            total_dates.first_date <= contact_months.month_start_date
            and total_dates.last_date + interval '1' day >= record_dates.first_date
            and record_dates.last_date
            >= contact_months.month_start_date + interval '1' month - interval '1' day
        )

),

contacts_per_channel as (

    select
        source_system,
        source_instance,
        channel_key,
        month_start_date,
        sum(contact_count) as contact_count,
        sum(resolved_known_count) as resolved_known_count,
        sum(resolved_count) as resolved_count
    from contact_months
    group by source_system, source_instance, channel_key, month_start_date

),

currencies as (

    select distinct
        source_system,
        source_instance,
        currency_code,
        month_start_date
    from cost_months

),

-- Contacts have no currency: they stand beside the costs in each.
channel_months as (

    select
        source_system,
        source_instance,
        channel_key,
        currency_code,
        month_start_date
    from cost_months

    union

    select
        currencies.source_system,
        currencies.source_instance,
        contacts_per_channel.channel_key,
        currencies.currency_code,
        currencies.month_start_date
    from currencies
    inner join contacts_per_channel
        on
            currencies.source_system = contacts_per_channel.source_system
            and currencies.source_instance = contacts_per_channel.source_instance
            and currencies.month_start_date = contacts_per_channel.month_start_date

),

fact_cost_contact_months as (

    select
        channel_months.source_system,
        channel_months.source_instance,
        channel_months.channel_key,
        dim_channel.channel_name,
        channel_months.currency_code,
        complete_months.contact_basis,

        cast(cost_months.amount as decimal(18, 4)) as amount,
        cast(
            case when complete_months.is_judged then cost_months.amount end as decimal(18, 4)
        ) as judged_month_amount,

        cast(coalesce(contacts_per_channel.contact_count, 0) as int) as contact_count,
        cast(
            case
                when complete_months.is_judged
                    then coalesce(contacts_per_channel.contact_count, 0)
                else 0
            end as int
        ) as judged_month_contact_count,
        cast(coalesce(contacts_per_channel.resolved_known_count, 0) as int)
            as resolved_known_count,
        cast(coalesce(contacts_per_channel.resolved_count, 0) as int) as resolved_count,

        coalesce(cost_months.is_allocation_complete, true) as is_allocation_complete,

        channel_months.month_start_date
    from channel_months
    inner join complete_months
        on
            channel_months.source_system = complete_months.source_system
            and channel_months.source_instance = complete_months.source_instance
            and channel_months.month_start_date = complete_months.month_start_date
    inner join dim_channel on channel_months.channel_key = dim_channel.channel_key
    left join cost_months
        on
            channel_months.source_system = cost_months.source_system
            and channel_months.source_instance = cost_months.source_instance
            and channel_months.channel_key = cost_months.channel_key
            and channel_months.currency_code = cost_months.currency_code
            and channel_months.month_start_date = cost_months.month_start_date
    left join contacts_per_channel
        on
            channel_months.source_system = contacts_per_channel.source_system
            and channel_months.source_instance = contacts_per_channel.source_instance
            and channel_months.channel_key = contacts_per_channel.channel_key
            and channel_months.month_start_date = contacts_per_channel.month_start_date

)

select * from fact_cost_contact_months
