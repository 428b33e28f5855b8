-- One row per employee and question of an employee survey, in a group too large to tell who it was.
{% set wave = "source_system, source_instance, wave, measure" %}
with

employee_survey_responses as (

    select
        *,
        min(answered_on) over (partition by source_system, source_instance, wave) as wave_date
    from {{ ref('int_employee_survey_responses') }}

),

dim_team as (

    select * from {{ ref('dim_team') }}

),

survey_scales as (

    select * from {{ ref('int_survey_scales') }}

),

responses_with_members as (

    select
        employee_survey_responses.*,
        coalesce(dim_team.team_key, -2) as known_team_key,
        coalesce(dim_team.team_name, 'Unknown team') as known_team_name,
        coalesce(employee_survey_responses.site_name, 'Unknown site') as known_site_name,
        survey_scales.favorable_from,
        survey_scales.unfavorable_to
    from employee_survey_responses
    left join dim_team
        on
            employee_survey_responses.source_system = dim_team.source_system
            and employee_survey_responses.source_instance = dim_team.source_instance
            and employee_survey_responses.team_code = dim_team.team_code
    left join survey_scales
        on
            employee_survey_responses.measure = survey_scales.measure
            and employee_survey_responses.scale_min = survey_scales.scale_min
            and employee_survey_responses.scale_max = survey_scales.scale_max
            -- All of a wave is judged alike; one without a date was at the latest when it arrived.
            and coalesce(employee_survey_responses.wave_date, employee_survey_responses.loaded_at)
            >= survey_scales.valid_from
            and coalesce(employee_survey_responses.wave_date, employee_survey_responses.loaded_at)
            < survey_scales.valid_to

),

teams as (

    select
        {{ wave }},
        known_site_name,
        known_team_key,
        count(score) as answers
    from responses_with_members
    group by {{ wave }}, known_site_name, known_team_key

),

-- Small teams are hidden. Where all of them in a site are themselves too few, the smallest other
-- team is hidden with them: else the site less its shown teams would be the small one.
teams_in_site as (

    select
        *,
        answers < {{ number_of('small_group_size') }} as is_small,
        sum(case when answers < {{ number_of('small_group_size') }} then answers else 0 end) over (
            partition by {{ wave }}, known_site_name
        ) as small_answers,
        row_number() over (
            partition by {{ wave }}, known_site_name, answers < {{ number_of('small_group_size') }}
            order by answers, known_team_key
        ) as size_rank
    from teams

),

hidden_teams as (

    select
        *,
        is_small
        or small_answers between 1 and {{ number_of('small_group_size') }} - 1 and size_rank = 1
            as is_team_hidden
    from teams_in_site

),

sites as (

    select
        {{ wave }},
        known_site_name,
        sum(answers) as answers,
        sum(case when is_team_hidden then answers else 0 end) between 1
        and {{ number_of('small_group_size') }} - 1
            as is_small
    from hidden_teams
    group by {{ wave }}, known_site_name

),

-- The same among the sites, of which the rest of the company is known.
sites_in_wave as (

    select
        *,
        sum(case when is_small then answers else 0 end) over (partition by {{ wave }})
            as small_answers,
        sum(answers) over (partition by {{ wave }}) as wave_answers,
        row_number() over (
            partition by {{ wave }}, is_small
            order by answers, known_site_name
        ) as size_rank
    from sites

),

hidden_sites as (

    select
        *,
        is_small
        or small_answers between 1 and {{ number_of('small_group_size') }} - 1 and size_rank = 1
            as is_site_hidden,
        wave_answers < {{ number_of('small_group_size') }} as is_wave_hidden
    from sites_in_wave

),

shown_responses as (

    select
        responses_with_members.*,
        hidden_teams.is_team_hidden or hidden_sites.is_site_hidden as is_team_hidden,
        hidden_sites.is_site_hidden,
        hidden_sites.is_wave_hidden,
        case
            when
                responses_with_members.score is not null
                and responses_with_members.favorable_from is not null
                and not hidden_sites.is_wave_hidden
                then 1
            else 0
        end as answered_count,
        case
            when responses_with_members.score >= responses_with_members.favorable_from then 1
            else 0
        end as favorable_count,
        case
            when responses_with_members.score <= responses_with_members.unfavorable_to then 1
            else 0
        end as unfavorable_count
    from responses_with_members
    inner join hidden_teams
        on
            responses_with_members.source_system = hidden_teams.source_system
            and responses_with_members.source_instance = hidden_teams.source_instance
            and responses_with_members.wave = hidden_teams.wave
            and responses_with_members.measure = hidden_teams.measure
            and responses_with_members.known_site_name = hidden_teams.known_site_name
            and responses_with_members.known_team_key = hidden_teams.known_team_key
    inner join hidden_sites
        on
            responses_with_members.source_system = hidden_sites.source_system
            and responses_with_members.source_instance = hidden_sites.source_instance
            and responses_with_members.wave = hidden_sites.wave
            and responses_with_members.measure = hidden_sites.measure
            and responses_with_members.known_site_name = hidden_sites.known_site_name

),

fact_employee_survey_responses as (

    select
        response_key,
        case when is_team_hidden then -1 else known_team_key end as team_key,
        source_system,
        source_instance,

        case when is_team_hidden then 'Not shown' else known_team_name end as team_name,
        case when is_site_hidden then 'Not shown' else known_site_name end as site_name,
        wave,
        measure,

        case when is_wave_hidden then null else score end as score,

        answered_count,
        case when measure = 'esat' then answered_count else 0 end as esat_answered_count,
        cast(
            case when measure = 'esat' then answered_count * coalesce(score, 0) else 0 end
            as decimal(18, 3)
        ) as esat_score_sum,
        case when measure = 'esat' then answered_count * favorable_count else 0 end
            as satisfied_count,
        case when measure = 'enps' then answered_count else 0 end as enps_answered_count,
        case when measure = 'enps' then answered_count * favorable_count else 0 end
            as promoter_count,
        case
            when measure = 'enps' then answered_count * (1 - favorable_count - unfavorable_count)
            else 0
        end as passive_count,
        case when measure = 'enps' then answered_count * unfavorable_count else 0 end
            as detractor_count,

        is_team_hidden,
        is_site_hidden,

        wave_date,

        dq_flag,
        loaded_at
    from shown_responses

)

select * from fact_employee_survey_responses
