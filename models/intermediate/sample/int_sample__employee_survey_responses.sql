-- One row per employee of the sample and question of an employee survey, by wave and team.
with

employee_surveys as (

    select
        'sample' as source_system,
        'default' as source_instance,
        concat_ws('.', source_response_id, measure) as source_answer_id,
        case measure when 'esat' then 1 else 0 end as scale_min,
        case measure when 'esat' then 5 else 10 end as scale_max,
        *
    from {{ ref('stg_sample__employee_surveys') }}
    where row_status = 'used'

),

teams as (

    select * from {{ ref('stg_sample__teams') }}

),

-- Which row of the file an answer came from would tell whose it is, and is not carried on.
keyed_responses as (

    select
        {{ source_key('employee_survey_response', 'employee_surveys.source_answer_id') }}
            as response_key,
        employee_surveys.source_system,
        employee_surveys.source_instance,
        employee_surveys.wave,
        employee_surveys.measure,
        employee_surveys.team_code,
        teams.site_name,
        cast(employee_surveys.scale_min as decimal(18, 3)) as scale_min,
        cast(employee_surveys.scale_max as decimal(18, 3)) as scale_max,
        case
            when
                employee_surveys.score between employee_surveys.scale_min
                and employee_surveys.scale_max
                then employee_surveys.score
        end as score,
        employee_surveys.answered_on,
        case
            when
                employee_surveys.score not between employee_surveys.scale_min
                and employee_surveys.scale_max
                then 'score_outside_scale'
            else employee_surveys.dq_flag
        end as dq_flag,
        employee_surveys.loaded_at
    from employee_surveys
    left join teams on employee_surveys.team_code = teams.team_code

)

select * from keyed_responses
