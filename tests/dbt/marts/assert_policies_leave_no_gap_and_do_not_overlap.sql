-- Policies of a queue and channel reach from 1900 to 9999 and each begins where the last one ends.
with

policies_in_order as (

    select
        queue_key,
        channel_key,
        valid_from,
        valid_to,
        coalesce(
            lag(valid_to) over (partition by queue_key, channel_key order by valid_from),
            timestamp '1900-01-01 00:00:00'
        ) as expected_from,
        lead(valid_from) over (partition by queue_key, channel_key order by valid_from)
            as next_valid_from
    from {{ ref('queue_channel_policy') }}

)

select * from policies_in_order
where
    valid_from <> expected_from
    or valid_from >= valid_to
    or (next_valid_from is null and valid_to <> timestamp '9999-12-31 00:00:00')
