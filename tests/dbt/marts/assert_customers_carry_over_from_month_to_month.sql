-- A month ends with open + joined - churned customers, and the next one starts with them.
with

months_in_order as (

    select
        *,
        lag(close_count) over (
            partition by source_system, source_instance, segment, market
            order by month_start_date
        ) as previous_close_count
    from {{ ref('fact_customer_months') }}

)

select * from months_in_order
where
    close_count <> open_count + joined_count - churned_count
    or open_count <> previous_close_count
    or least(open_count, joined_count, churned_count, close_count) < 0
