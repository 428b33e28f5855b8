-- Every time zone is a name of the time-zone database, never a fixed offset or an abbreviation.
with

time_zones as (

    select
        'variable reporting_timezone' as named_by,
        {{ text_of('reporting_timezone') }} as time_zone

    union

    select
        'queue ' || queue_code as named_by,
        time_zone
    from {{ ref('int_queues') }}
    where time_zone is not null

    union

    select
        'team ' || team_code as named_by,
        time_zone
    from {{ ref('int_teams') }}
    where time_zone is not null

)

select * from time_zones
where not {{ is_time_zone('time_zone') }}
