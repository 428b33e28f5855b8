-- One row per landed row of the sample's customer directory, used or not.
with

raw_customers as (

    select * from {{ ref('raw_customers') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_customers') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_customers

),

typed_rows as (

    select
        {{ salted_hash('customer_id') }} as customer_hash,
        {{ salted_hash('phone_number') }} as phone_number_hash,
        {{ salted_hash('lower(email)') }} as email_hash,
        case
            when lower(segment) in ('private', 'small_business', 'enterprise') then lower(segment)
        end as segment,
        lower(market) as market,
        try_cast(customer_since as date) as customer_since,
        try_cast(churned_on as date) as churned_on,

        nullif(
            concat_ws(
                ', ',
                case
                    when segment not in ('private', 'small_business', 'enterprise')
                        then 'undocumented_segment'
                end,
                case
                    when customer_since is not null and try_cast(customer_since as date) is null
                        then 'unreadable_customer_since'
                end,
                case
                    when churned_on is not null and try_cast(churned_on as date) is null
                        then 'unreadable_churned_on'
                end
            ),
            ''
        ) as dq_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case when customer_hash is null then 'missing_customer_id' end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                customer_hash,
                -- Only usable rows compete; of two the one further down the file was written later.
                quarantine_reason is null and copy_number = 1
            order by source_row desc
        ) as version_rank
    from judged_rows

),

customers as (

    select
        customer_hash,
        phone_number_hash,
        email_hash,
        segment,
        market,

        customer_since,
        churned_on,

        dq_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_customers.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from customers
