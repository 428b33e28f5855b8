-- Every time zone is a name of the time-zone database, never a fixed offset or an abbreviation.
with

time_zones as (

    select
        'variable reporting_timezone' as named_by,
        '{{ var("reporting_timezone") }}' as time_zone

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

select time_zones.*
from time_zones
left join pg_timezone_names() as known on time_zones.time_zone = known.name
where
    known.name is null
    or (time_zones.time_zone not like '%/%' and time_zones.time_zone <> 'UTC')
    or time_zones.time_zone like 'Etc/GMT%'
