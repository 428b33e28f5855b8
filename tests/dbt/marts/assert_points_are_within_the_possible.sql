-- An evaluation gives no more than the possible points, and none when it failed automatically.
select evaluation_key
from {{ ref('fact_evaluations') }}
where
    weighted_points not between 0 and weighted_possible_points
    or auto_fail_count = 1 and weighted_points <> 0
    or script_passed_count > script_item_count
    or resource_passed_count > resource_item_count
