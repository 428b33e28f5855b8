-- One row per date and extension or number that customers dialed.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_contacts', 'started_date') }}"
) }}

with

contacts as (

    select * from {{ ref('fact_contacts') }}
    {{ of_touched_dates('fact_contacts', 'started_date') }}

),

extension_days as (

    select
        started_date,
        extension,
        cast(sum(contact_count) as bigint) as contact_count,
        cast(sum(blocked_count) as bigint) as blocked_count,
        cast(sum(case when has_reached_agent then contact_count else 0 end) as bigint)
            as reached_agent_count,
        cast(sum(case when contact_count > 0 then contact_connected_seconds end) as decimal(18, 3))
            as connected_seconds,
        cast(sum(case when contact_count > 0 then handle_seconds end) as decimal(18, 3))
            as handle_seconds
    from contacts
    where
        extension is not null
        and contact_count + blocked_count > 0
    group by started_date, extension

),

report_busiest_extensions as (

    select
        *,
        cast(
            rank() over (partition by started_date order by contact_count desc) as int
        ) as rank_of_date
    from extension_days

)

select * from report_busiest_extensions
