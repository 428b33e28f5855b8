-- A local time becomes its UTC instant, in the repeated hour the earlier one, and comes back.
with

examples as (

    select * from (
        values
        ('winter', timestamp '2026-01-15 12:00:00', 'America/New_York', timestamp '2026-01-15 17:00:00'),
        ('summer', timestamp '2026-07-15 12:00:00', 'America/New_York', timestamp '2026-07-15 16:00:00'),
        ('repeated', timestamp '2026-11-01 01:30:00', 'America/New_York', timestamp '2026-11-01 05:30:00'),
        ('before it', timestamp '2026-11-01 00:59:59', 'America/New_York', timestamp '2026-11-01 04:59:59'),
        ('behind it', timestamp '2026-11-01 02:00:00', 'America/New_York', timestamp '2026-11-01 07:00:00'),
        ('half an hour', timestamp '2026-07-15 12:00:00', 'Asia/Kolkata', timestamp '2026-07-15 06:30:00')
    ) as rows_of_examples (example, local_at, time_zone, utc_at)

)

select * from examples
where
    {{ local_to_utc('local_at', 'time_zone') }} <> utc_at
    or {{ utc_to_local('utc_at', 'time_zone') }} <> local_at
