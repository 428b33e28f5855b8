-- One row per absence of an agent of the sample on one day of work.
with

absences as (

    select * from {{ ref('stg_sample__absences') }}
    where row_status = 'used'

),

identified_absences as (

    select
        'sample' as source_system,
        'default' as source_instance,
        {{ source_key('absence', 'source_absence_id', "'sample'", "'default'") }} as absence_key,
        source_absence_id,
        agent_code,
        case
            when
                absence_type in ('vacation', 'sick', 'care', 'parental', 'unpaid', 'no_show')
                then absence_type
            else 'unknown'
        end as absence_type,
        {{ seconds_between('starts_at', 'ends_at') }} as absence_seconds,
        working_days as absence_days,
        -- What nobody can show to have been announced is unplanned.
        coalesce(
            reported_at
            <= starts_at - interval '{{ number_of("planned_absence_notice_hours") }}' hour,
            false
        ) as is_planned,
        reported_at,
        starts_at,
        ends_at,
        nullif(
            concat_ws(
                ', ',
                case
                    when
                        absence_type is null
                        or absence_type not in (
                            'vacation', 'sick', 'care', 'parental', 'unpaid', 'no_show'
                        )
                        then 'undocumented_absence_type'
                end,
                case when reported_at is null then 'missing_reported_at' end
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from absences

)

select * from identified_absences
