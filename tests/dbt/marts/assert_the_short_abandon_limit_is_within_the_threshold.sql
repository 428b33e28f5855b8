-- A short-abandon limit above the threshold, or a target that is no share, is an error of set-up.
select *
from {{ ref('queue_channel_policy') }}
where
    short_abandon_seconds > service_level_threshold_seconds
    or short_abandon_seconds < 0
    or service_level_threshold_seconds < 0
    or service_level_target not between 0 and 1
