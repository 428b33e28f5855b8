-- One row per absence of an agent of the files on one day of work.
with

absences as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__absences') }}
    where row_status = 'used'

),

measured_absences as (

    select
        {{ source_key('absence', 'absence_id') }} as absence_key,
        source_system,
        source_instance,
        absence_id as source_absence_id,
        agent_code,
        absence_type,
        {{ seconds_between('starts_at', 'ends_at') }} as absence_seconds,
        absence_days,
        coalesce(
            reported_at
            <= starts_at - interval '{{ number_of("planned_absence_notice_hours") }}' hour,
            false
        ) as is_planned,
        reported_at,
        starts_at,
        ends_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from absences

)

select * from measured_absences
