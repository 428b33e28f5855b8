-- One row per agent and month of contact in which customers rated the agent.

with

survey_responses as (

    select * from {{ ref('fact_survey_responses') }}
    where csat_answered_count = 1

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

-- A log-in that several people use is nobody who could be rated.
ratings as (

    select
        cast(date_trunc('month', survey_responses.contact_date) as date) as month_start_date,
        survey_responses.agent_id,
        {{ value_at_last(
            'survey_responses.agent_name',
            '(survey_responses.contact_date, survey_responses.agent_key)'
        ) }} as agent_name,
        cast(sum(survey_responses.csat_answered_count) as int) as answered_count,
        cast(sum(survey_responses.satisfied_count) as int) as satisfied_count
    from survey_responses
    inner join dim_agent on survey_responses.agent_key = dim_agent.agent_key
    where survey_responses.agent_key >= 0 and not dim_agent.is_shared_login
    group by 1, 2

),

shares as (

    select
        *,
        answered_count >= {{ number_of('ranking_minimum_answers') }} as is_ranked,
        cast(satisfied_count as double) / answered_count as satisfied_share
    from ratings

),

-- The lower bound of Wilson's 95 % interval: few answers prove little, however good they are.
-- As a decimal, so that equal ratings share a rank.
bounded_shares as (

    select
        *,
        cast((
            satisfied_share + 1.9208 / answered_count
            - 1.96 * sqrt(
                satisfied_share * (1 - satisfied_share) / answered_count
                + 0.9604 / (answered_count * answered_count)
            )
        ) / (1 + 3.8416 / answered_count) as decimal(9, 6)) as satisfied_lower_bound
    from shares

),

agent_ratings as (

    select
        month_start_date,
        agent_id,
        agent_name,
        answered_count,
        case when answered_count >= {{ number_of('small_group_size') }} then satisfied_count end
            as satisfied_count,
        case when answered_count >= {{ number_of('small_group_size') }} then satisfied_share end
            as satisfied_share,
        case
            when answered_count >= {{ number_of('small_group_size') }} then satisfied_lower_bound
        end
            as satisfied_lower_bound,
        is_ranked,
        case
            when is_ranked
                then cast(
                    rank() over (
                        partition by month_start_date, is_ranked
                        order by satisfied_lower_bound desc
                    ) as int
                )
        end as satisfaction_rank
    from bounded_shares

)

select * from agent_ratings
