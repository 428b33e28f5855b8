-- One row per employee of the files and question of an employee survey, by wave and team.
with

employee_survey_responses as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__employee_survey_responses') }}
    where row_status = 'used'

),

teams as (

    select * from {{ ref('int_files__teams') }}

),

responses_on_a_scale as (

    select
        employee_survey_responses.*,
        concat_ws(
            '.', employee_survey_responses.response_id, employee_survey_responses.measure
        ) as answer_id,
        coalesce(employee_survey_responses.site_name, teams.site_name) as site_or_team_site_name,
        coalesce(
            employee_survey_responses.scale_min,
            case employee_survey_responses.measure when 'esat' then 1 else 0 end
        ) as lowest_score,
        coalesce(
            employee_survey_responses.scale_max,
            case employee_survey_responses.measure when 'esat' then 5 else 10 end
        ) as highest_score
    from employee_survey_responses
    left join teams
        on
            employee_survey_responses.source_instance = teams.source_instance
            and employee_survey_responses.team_code = teams.team_code

),

-- Which row of the file an answer came from would tell whose it is, and is not carried on.
keyed_responses as (

    select
        {{ source_key('employee_survey_response', 'answer_id') }} as response_key,
        source_system,
        source_instance,
        wave,
        measure,
        team_code,
        site_or_team_site_name as site_name,
        cast(lowest_score as decimal(18, 3)) as scale_min,
        cast(highest_score as decimal(18, 3)) as scale_max,
        case when score between lowest_score and highest_score then score end as score,
        answered_on,
        nullif(
            concat_ws(
                ', ',
                dq_flag,
                case
                    when score not between lowest_score and highest_score
                        then 'score_outside_scale'
                end
            ),
            ''
        ) as dq_flag,
        loaded_at
    from responses_on_a_scale

)

select * from keyed_responses
