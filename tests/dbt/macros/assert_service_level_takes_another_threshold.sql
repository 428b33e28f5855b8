-- Service level within a threshold asked for is counted from the waits, and so are its parts.
{#
    Four answered after 10, 20, 30 and 40 s, one abandoned, one missed, one short abandon, and one
    excluded call answered after 5 s. Within 20 s: 2 / 6. Within 30 s: 3 / 6, whatever the
    threshold on the visits was.
#}
with

visits as (

    select * from (
        values
        (10, 1, 1, 0, 0),
        (20, 1, 1, 0, 0),
        (30, 1, 0, 0, 0),
        (40, 1, 0, 0, 0),
        (25, 0, 0, 1, 0),
        (99, 0, 0, 0, 1),
        (2, 0, 0, 0, 0),
        (5, 0, 0, 0, 0)
    ) as rows_of_visits (
        wait_seconds, answered_count, answered_in_threshold_count, abandoned_count, missed_count
    )

),

computed as (

    select
        {{ service_level('v') }} as by_policy,
        {{ service_level('v', threshold=30) }} as within_30,
        {{ service_level('v', threshold=30, part='numerator') }} as within_30_numerator,
        {{ service_level('v', threshold=30, part='denominator') }} as within_30_denominator
    from visits as v

)

select * from computed
where
    by_policy <> 2.0 / 6
    or within_30 <> 0.5
    or within_30_numerator <> 3
    or within_30_denominator <> 6
