-- Versions of an agent reach from 1900 to 9999; each begins the instant the one before it ends.
with

versions_in_order as (

    select
        agent_id,
        valid_from,
        valid_to,
        coalesce(
            lag(valid_to) over (partition by agent_id order by valid_from),
            timestamp '1900-01-01 00:00:00'
        ) as expected_from,
        lead(valid_from) over (partition by agent_id order by valid_from) as next_valid_from
    from {{ ref('dim_agent') }}

)

select * from versions_in_order
where
    valid_from <> expected_from
    or valid_from >= valid_to
    or (next_valid_from is null and valid_to <> timestamp '9999-12-31 00:00:00')
