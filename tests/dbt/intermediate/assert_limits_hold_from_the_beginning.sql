-- Every limit that models ask for, and every scale of a survey, holds from the beginning on.
with

wanted_limits as (

    select limit_code
    from (
        values ('repeat_window'), ('retry_window'), ('self_service_repeat_window')
    ) as rows_of_limits (limit_code)

),

limits_without_beginning as (

    select wanted_limits.limit_code as code
    from wanted_limits
    left join {{ ref('int_kpi_limits') }} as kpi_limits
        on
            wanted_limits.limit_code = kpi_limits.limit_code
            and kpi_limits.valid_from <= timestamp '1900-01-01 00:00:00'
    where coalesce(kpi_limits.limit_seconds, -1) < 0

),

scales_without_beginning as (

    select measure as code
    from {{ ref('int_survey_scales') }}
    group by measure, scale_min, scale_max
    having min(valid_from) > timestamp '1900-01-01 00:00:00'

)

select * from limits_without_beginning

union all

select * from scales_without_beginning
