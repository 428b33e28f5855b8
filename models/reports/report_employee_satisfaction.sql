-- One row per wave of an employee survey, site and team, in groups that tell nobody.
with

employee_survey_responses as (

    select * from {{ ref('fact_employee_survey_responses') }}

),

own_targets as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'own'

),

groups as (

    select
        v.source_system,
        v.source_instance,
        v.wave,
        v.wave_date,
        v.site_name,
        v.team_key,
        v.team_name,
        'employee_satisfaction' as kpi_name,
        sum(v.esat_answered_count) as esat_answered_count,
        sum(v.satisfied_count) as satisfied_count,
        {{ employee_satisfaction('v') }} as employee_satisfaction,
        sum(v.enps_answered_count) as enps_answered_count,
        sum(v.promoter_count) as promoter_count,
        sum(v.passive_count) as passive_count,
        sum(v.detractor_count) as detractor_count,
        {{ employee_net_promoter_score('v') }} as employee_net_promoter_score
    from employee_survey_responses as v
    group by
        v.source_system,
        v.source_instance,
        v.wave,
        v.wave_date,
        v.site_name,
        v.team_key,
        v.team_name

),

-- The fact hides teams by their answers; a score that cannot be read may leave fewer that count.
shown_groups as (

    select
        *,
        esat_answered_count >= {{ number_of('small_group_size') }} as is_esat_shown,
        enps_answered_count >= {{ number_of('small_group_size') }} as is_enps_shown
    from groups

),

judged_groups as (

    {{ with_own_target('shown_groups', 'wave_date', 'team') }}

),

report_employee_satisfaction as (

    select
        judged.source_system,
        judged.source_instance,
        judged.wave,
        judged.wave_date,
        judged.site_name,
        judged.team_key,
        judged.team_name,
        cast(case when judged.is_esat_shown then judged.esat_answered_count end as bigint)
            as esat_answered_count,
        cast(case when judged.is_esat_shown then judged.satisfied_count end as bigint)
            as satisfied_count,
        case when judged.is_esat_shown then judged.employee_satisfaction end
            as employee_satisfaction,
        own_targets.target_low as employee_satisfaction_target,
        {{ target_status(
            'case when judged.is_esat_shown then judged.employee_satisfaction end',
            'own_targets.target_low',
            'own_targets.target_high',
        ) }} as employee_satisfaction_status,
        cast(case when judged.is_enps_shown then judged.enps_answered_count end as bigint)
            as enps_answered_count,
        cast(case when judged.is_enps_shown then judged.promoter_count end as bigint)
            as promoter_count,
        cast(case when judged.is_enps_shown then judged.passive_count end as bigint)
            as passive_count,
        cast(case when judged.is_enps_shown then judged.detractor_count end as bigint)
            as detractor_count,
        case when judged.is_enps_shown then judged.employee_net_promoter_score end
            as employee_net_promoter_score
    from judged_groups as judged
    left join own_targets on judged.kpi_target_key = own_targets.kpi_target_key

)

select * from report_employee_satisfaction
