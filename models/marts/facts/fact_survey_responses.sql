-- One row per survey and question that was asked or answered.
{{ config(meta={'rows_of': 'int_survey_responses'}) }}
with

survey_responses as (

    select * from {{ ref('int_survey_responses') }}

),

contacts as (

    select * from {{ ref('fact_contacts') }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    where leg_type in ('customer', 'conference')

),

survey_scales as (

    select * from {{ ref('int_survey_scales') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

surveyed_contacts as (

    select distinct contact_key from survey_responses
    where contact_key is not null

),

-- The last agent who talked long enough to be judged; where none did, the last one at all.
attributed_legs as (

    select agent_legs.*
    from surveyed_contacts
    inner join agent_legs on surveyed_contacts.contact_key = agent_legs.contact_key
    qualify
        row_number() over (
            partition by agent_legs.contact_key
            order by
                coalesce(
                    agent_legs.talk_seconds >= {{ number_of('survey_agent_seconds') }}, false
                ) desc,
                agent_legs.connected_at desc,
                agent_legs.leg_key desc
        ) = 1

),

responses_with_members as (

    select
        survey_responses.*,
        coalesce(contacts.contact_key, -2) as known_contact_key,
        coalesce(contacts.customer_key, -2) as customer_key,
        coalesce(contacts.contact_reason_key, -2) as contact_reason_key,
        coalesce(contacts.contact_reason_name, 'Unknown') as contact_reason_name,
        coalesce(contacts.channel_key, -2) as channel_key,
        coalesce(contacts.channel_name, 'Unknown') as channel_name,
        case
            when attributed_legs.leg_key is not null then attributed_legs.queue_key
            else coalesce(contacts.entry_queue_key, -2)
        end as queue_key,
        case
            when attributed_legs.leg_key is not null then attributed_legs.queue_name
            else coalesce(contacts.entry_queue_name, 'Unknown queue')
        end as queue_name,
        case when contacts.contact_key is null then -2 else -1 end as missing_agent_key,
        case when contacts.contact_key is null then 'unknown' else 'none' end as missing_agent_id,
        case when contacts.contact_key is null then 'Unknown agent' else 'No agent' end
            as missing_agent_name,
        case when contacts.contact_key is null then 'Unknown team' else 'Unassigned' end
            as missing_team_name,
        attributed_legs.agent_key,
        attributed_legs.agent_id,
        attributed_legs.agent_name,
        attributed_legs.team_key,
        attributed_legs.team_name,
        coalesce(contacts.is_excluded, false) as is_excluded,
        coalesce(contacts.started_date, {{ reporting_date('survey_responses.sent_at') }})
            as contact_date,
        source_horizons.last_event_at as as_of,
        survey_scales.favorable_from,
        survey_scales.unfavorable_to,
        case
            when survey_scales.measure is not null
                then concat_ws(
                    '_',
                    survey_scales.measure,
                    cast(cast(survey_scales.scale_min as int) as string),
                    cast(cast(survey_scales.scale_max as int) as string)
                )
        end as scale_id,
        -- High is good from here on.
        case
            when survey_responses.is_higher_better then survey_responses.score
            else survey_responses.scale_min + survey_responses.scale_max - survey_responses.score
        end as turned_score
    from survey_responses
    left join contacts on survey_responses.contact_key = contacts.contact_key
    left join attributed_legs on survey_responses.contact_key = attributed_legs.contact_key
    left join survey_scales
        on
            survey_responses.measure = survey_scales.measure
            and survey_responses.scale_min = survey_scales.scale_min
            and survey_responses.scale_max = survey_scales.scale_max
            and survey_responses.sent_at >= survey_scales.valid_from
            and survey_responses.sent_at < survey_scales.valid_to
    left join source_horizons
        on
            survey_responses.source_system = source_horizons.source_system
            and survey_responses.source_instance = source_horizons.source_instance

),

-- An answer on a scale that nobody described can be judged neither way, so it does not count.
counted_responses as (

    select
        *,
        case when is_counted and not is_excluded then 1 else 0 end as sent_count,
        case
            when
                is_counted and not is_excluded and score is not null and scale_id is not null
                then 1
            else 0
        end as answered_count,
        case when turned_score >= favorable_from then 1 else 0 end as favorable_count,
        case when turned_score <= unfavorable_to then 1 else 0 end as unfavorable_count,
        measure in ('ces_agreement', 'ces_effort') as is_effort,
        coalesce(sent_at + interval '{{ number_of("survey_window_days") }}' day <= as_of, false)
            as is_final
    from responses_with_members

),

-- However many questions a contact was asked, and in however many surveys, it was asked once.
surveyed_once as (

    select
        *,
        row_number() over (
            partition by coalesce(contact_key, survey_key)
            order by sent_count desc, response_key asc
        ) as survey_row,
        coalesce(bool_and(case when was_asked then is_final end) over per_contact, false)
            as is_survey_closed,
        max(answered_count) over per_contact as survey_answered_count
    from counted_responses
    window per_contact as (partition by coalesce(contact_key, survey_key))

),

fact_survey_responses as (

    select
        response_key,
        survey_key,
        known_contact_key as contact_key,
        customer_key,
        contact_reason_key,
        channel_key,
        queue_key,
        coalesce(agent_key, missing_agent_key) as agent_key,
        coalesce(team_key, missing_agent_key) as team_key,
        source_system,
        source_instance,
        source_survey_id,

        coalesce(agent_id, missing_agent_id) as agent_id,
        coalesce(agent_name, missing_agent_name) as agent_name,
        coalesce(team_name, missing_team_name) as team_name,
        queue_name,
        channel_name,
        contact_reason_name,
        form_code,
        survey_channel,
        question_code,
        measure,
        scale_id,

        scale_min,
        scale_max,
        score,

        sent_count,
        answered_count,
        case when survey_row = 1 and is_survey_closed then sent_count else 0 end
            as closed_survey_count,
        case when survey_row = 1 and is_survey_closed then survey_answered_count else 0 end
            as closed_survey_answered_count,
        case when measure = 'csat' then answered_count else 0 end as csat_answered_count,
        -- Good or bad has no mean.
        cast(
            case
                when measure <> 'csat' or answered_count = 0 then 0
                when scale_max - scale_min <> 1 then score
            end as decimal(18, 3)
        ) as csat_score_sum,
        case when measure = 'csat' then answered_count * favorable_count else 0 end
            as satisfied_count,
        case when measure = 'nps' then answered_count else 0 end as nps_answered_count,
        case when measure = 'nps' then answered_count * favorable_count else 0 end
            as promoter_count,
        case
            when measure = 'nps' then answered_count * (1 - favorable_count - unfavorable_count)
            else 0
        end as passive_count,
        case when measure = 'nps' then answered_count * unfavorable_count else 0 end
            as detractor_count,
        case when is_effort then answered_count else 0 end as ces_answered_count,
        case when is_effort then answered_count * favorable_count else 0 end as easy_count,
        case when measure = 'ces_agreement' then answered_count else 0 end
            as ces_agreement_answered_count,
        cast(
            case when measure = 'ces_agreement' and answered_count = 1 then score else 0 end
            as decimal(18, 3)
        ) as ces_agreement_score_sum,
        case when measure = 'resolved' then answered_count else 0 end as resolved_answered_count,
        case when measure = 'resolved' then answered_count * favorable_count else 0 end
            as resolved_yes_count,

        is_higher_better,
        is_complete,
        is_counted,
        is_excluded,
        -- Answers can come in until the window is over.
        is_final,

        sent_at,
        answered_at,
        contact_date,
        {{ reporting_date('answered_at') }} as answered_date,
        as_of,

        case
            when score is not null and scale_id is null
                then concat_ws(', ', dq_flag, 'undocumented_scale')
            else dq_flag
        end as dq_flag,
        source_file,
        source_row,
        loaded_at
    from surveyed_once

)

select * from fact_survey_responses
