-- A short abandon is shorter than the service-level threshold, a target is a share: anything else is a configuration error.
select *
from {{ ref('queue_channel_policy') }}
where
    short_abandon_seconds > service_level_threshold_seconds
    or short_abandon_seconds < 0
    or service_level_threshold_seconds < 0
    or service_level_target not between 0 and 1
