-- Adherent seconds are within the scheduled ones, overrun and pauses within what they are parts of.
select * from {{ ref('fact_schedule_intervals') }}
where
    adherent_seconds > scheduled_seconds
    or latest_adherent_seconds > latest_scheduled_seconds
    or worked_seconds > staffed_seconds
    or worked_on_contact_seconds > staffed_seconds
    or overrun_seconds > scheduled_seconds
    or break_seconds > internal_shrinkage_seconds
    or external_shrinkage_seconds + internal_shrinkage_seconds > shrinkage_base_seconds
    or scheduled_seconds + scheduled_unjudged_seconds > 900
    or adherent_seconds < 0
    or staffed_seconds < 0
