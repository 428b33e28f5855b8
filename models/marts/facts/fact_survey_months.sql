-- One row per month, channel and measure of surveys, from single answers or else from totals.
with

survey_responses as (

    select * from {{ ref('fact_survey_responses') }}

),

month_totals as (

    select * from {{ ref('int_survey_month_totals') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

months_of_responses as (

    select
        source_system,
        source_instance,
        channel_key,
        channel_name,
        measure,
        cast(date_trunc('month', contact_date) as date) as month_start_date,
        cast(sum(sent_count) as int) as sent_count,
        cast(sum(answered_count) as int) as answered_count,
        cast(sum(csat_answered_count) as int) as csat_answered_count,
        -- Answers of good or bad have no mean, nor has what they are part of.
        case
            when count(*) = count(csat_score_sum)
                then cast(sum(csat_score_sum) as decimal(18, 3))
        end as csat_score_sum,
        cast(sum(satisfied_count) as int) as satisfied_count,
        cast(sum(nps_answered_count) as int) as nps_answered_count,
        cast(sum(promoter_count) as int) as promoter_count,
        cast(sum(passive_count) as int) as passive_count,
        cast(sum(detractor_count) as int) as detractor_count,
        cast(sum(ces_answered_count) as int) as ces_answered_count,
        cast(sum(easy_count) as int) as easy_count,
        cast(sum(ces_agreement_answered_count) as int) as ces_agreement_answered_count,
        cast(sum(ces_agreement_score_sum) as decimal(18, 3)) as ces_agreement_score_sum,
        cast(sum(resolved_answered_count) as int) as resolved_answered_count,
        cast(sum(resolved_yes_count) as int) as resolved_yes_count,
        false as is_from_totals
    from survey_responses
    group by
        source_system,
        source_instance,
        channel_key,
        channel_name,
        measure,
        cast(date_trunc('month', contact_date) as date)
    having sum(sent_count) > 0

),

totals_with_members as (

    select
        month_totals.*,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name
    from month_totals
    left join dim_channel on month_totals.channel_code = dim_channel.channel_code

),

-- A month of which there are single answers is not taken from totals too.
months_of_totals as (

    select
        totals_with_members.source_system,
        totals_with_members.source_instance,
        totals_with_members.channel_key,
        totals_with_members.channel_name,
        totals_with_members.measure,
        totals_with_members.month_start_date,
        totals_with_members.sent_count,
        totals_with_members.answered_count,
        totals_with_members.score_sum,
        totals_with_members.satisfied_count,
        totals_with_members.promoter_count,
        totals_with_members.passive_count,
        totals_with_members.detractor_count,
        totals_with_members.easy_count,
        totals_with_members.resolved_yes_count
    from totals_with_members
    left join months_of_responses
        on
            totals_with_members.source_system = months_of_responses.source_system
            and totals_with_members.source_instance = months_of_responses.source_instance
            and totals_with_members.channel_key = months_of_responses.channel_key
            and totals_with_members.measure = months_of_responses.measure
            and totals_with_members.month_start_date = months_of_responses.month_start_date
    where months_of_responses.month_start_date is null

),

fact_survey_months as (

    select * from months_of_responses

    union all

    select
        source_system,
        source_instance,
        channel_key,
        channel_name,
        measure,
        month_start_date,
        sent_count,
        answered_count,
        case when measure = 'csat' then answered_count else 0 end as csat_answered_count,
        case when measure = 'csat' then score_sum else 0 end as csat_score_sum,
        case when measure = 'csat' then satisfied_count else 0 end as satisfied_count,
        case when measure = 'nps' then answered_count else 0 end as nps_answered_count,
        case when measure = 'nps' then promoter_count else 0 end as promoter_count,
        case when measure = 'nps' then passive_count else 0 end as passive_count,
        case when measure = 'nps' then detractor_count else 0 end as detractor_count,
        case when measure in ('ces_agreement', 'ces_effort') then answered_count else 0 end
            as ces_answered_count,
        case when measure in ('ces_agreement', 'ces_effort') then easy_count else 0 end
            as easy_count,
        case when measure = 'ces_agreement' then answered_count else 0 end
            as ces_agreement_answered_count,
        case when measure = 'ces_agreement' then score_sum else 0 end as ces_agreement_score_sum,
        case when measure = 'resolved' then answered_count else 0 end as resolved_answered_count,
        case when measure = 'resolved' then resolved_yes_count else 0 end as resolved_yes_count,
        true as is_from_totals
    from months_of_totals

)

select * from fact_survey_months
