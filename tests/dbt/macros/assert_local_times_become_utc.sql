-- A local time becomes its UTC instant, in the repeated hour the earlier one, and comes back.
with

examples as (

    select
        example,
        time_zone,
        cast(local_text as timestamp) as local_at,
        cast(utc_text as timestamp) as utc_at
    from (
        values
        ('winter', 'America/New_York', '2026-01-15 12:00:00', '2026-01-15 17:00:00'),
        ('summer', 'America/New_York', '2026-07-15 12:00:00', '2026-07-15 16:00:00'),
        ('repeated', 'America/New_York', '2026-11-01 01:30:00', '2026-11-01 05:30:00'),
        ('before it', 'America/New_York', '2026-11-01 00:59:59', '2026-11-01 04:59:59'),
        ('behind it', 'America/New_York', '2026-11-01 02:00:00', '2026-11-01 07:00:00'),
        ('half an hour', 'Asia/Kolkata', '2026-07-15 12:00:00', '2026-07-15 06:30:00')
    ) as rows_of_examples (example, time_zone, local_text, utc_text)

)

select * from examples
where
    {{ local_to_utc('local_at', 'time_zone') }} <> utc_at
    or {{ utc_to_local('utc_at', 'time_zone') }} <> local_at
