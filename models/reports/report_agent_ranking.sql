-- One row per agent and month in which the agent handled contacts or was rated.
with

agent_months as (

    select * from {{ ref('report_agent_performance') }}
    where
        period = 'month'
        and agent_id <> 'unknown'
        and not is_shared_login
        and (contacts_handled > 0 or satisfaction_answered_count > 0)

),

agent_ratings as (

    select * from {{ ref('kpi_agent_ratings') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

dim_kpi as (

    select * from {{ ref('dim_kpi') }}

),

survey_responses as (

    select * from {{ ref('fact_survey_responses') }}
    where csat_answered_count = 1 and agent_key >= 0

),

rated_responses as (

    select
        survey_responses.*,
        cast(date_trunc('month', survey_responses.contact_date) as date) as month_start_date
    from survey_responses
    inner join dim_agent on survey_responses.agent_key = dim_agent.agent_key
    where not dim_agent.is_shared_login

),

queue_values as (

    select
        v.month_start_date,
        v.queue_key,
        {{ customer_satisfaction('v') }} as customer_satisfaction
    from rated_responses as v
    group by v.month_start_date, v.queue_key

),

-- What the same customers would have said of everybody: each answer counts as its queue's share.
expected_shares as (

    select
        rated_responses.month_start_date,
        rated_responses.agent_id,
        {{ exact_sum('queue_values.customer_satisfaction') }}
        / count(queue_values.customer_satisfaction) as expected_satisfied_share
    from rated_responses
    inner join queue_values
        on
            rated_responses.month_start_date = queue_values.month_start_date
            and rated_responses.queue_key = queue_values.queue_key
    group by rated_responses.month_start_date, rated_responses.agent_id

),

-- With 1 more is better, with -1 less is.
coached_values as (

    {% for kpi, count, better in [
        ('quality_score', 'evaluation_count', 1),
        ('average_handle_time', 'handle_known_count', -1),
        ('transfer_rate', 'contacts_handled', -1),
        ('first_contact_resolution', 'resolution_known_count', 1),
    ] -%}
        select
            period_start_date,
            department,
            agent_id,
            '{{ kpi }}' as kpi_name,
            {{ kpi }} as value,
            {{ better }} as better_sign
        from agent_months
        where {{ count }} >= {{ number_of('coaching_minimum_cases') }} and {{ kpi }} is not null
        {% if not loop.last -%}
            union all
        {% endif %}
    {% endfor %}

),

values_with_peers as (

    select
        *,
        -- Rounded: the last digits of a mean of doubles hang on the order of the rows.
        round(avg(value) over (partition by period_start_date, department, kpi_name), 9)
            as peer_mean,
        stddev_pop(value) over (partition by period_start_date, department, kpi_name)
            as peer_deviation
    from coached_values

),

gaps as (

    select
        *,
        round(better_sign * (peer_mean - value) / nullif(peer_deviation, 0), 3)
            as gap_deviations
    from values_with_peers

),

ordered_gaps as (

    select
        *,
        row_number() over (
            partition by period_start_date, agent_id order by gap_deviations desc, kpi_name asc
        ) as gap_rank
    from gaps
    where gap_deviations > {{ number_of('coaching_limit_deviations') }}

),

report_agent_ranking as (

    select
        agent_months.period_start_date as month_start_date,
        agent_months.is_complete,
        agent_months.agent_id,
        agent_months.agent_name,
        agent_months.team_key,
        agent_months.team_name,
        agent_months.department,
        cast(agent_months.contacts_handled as bigint) as handled_count,

        coalesce(ratings.answered_count, 0) as answered_count,
        ratings.satisfied_count,
        ratings.satisfied_share,
        ratings.satisfied_lower_bound,
        coalesce(ratings.is_ranked, false) as is_ranked,
        ratings.satisfaction_rank,
        cast({{ number_of('ranking_minimum_answers') }} as int) as ranking_minimum_answers,
        -- As unknown as what was said, where too few said it.
        case
            when ratings.satisfied_share is not null then expected_shares.expected_satisfied_share
        end as expected_satisfied_share,
        -- Rounded, as 0.6 less 0.75 is not -0.15 in binary.
        round(ratings.satisfied_share - expected_shares.expected_satisfied_share, 9)
            as like_for_like_difference,

        previous.satisfied_share as satisfied_share_previous,
        round(ratings.satisfied_share - previous.satisfied_share, 9) as satisfied_share_change,
        previous.satisfaction_rank as satisfaction_rank_previous,

        agent_months.quality_score,
        agent_months.evaluation_count,
        agent_months.average_handle_time,
        agent_months.transfer_rate,
        agent_months.first_contact_resolution,
        agent_months.resolution_known_count,

        ordered_gaps.kpi_name is not null as needs_coaching,
        ordered_gaps.kpi_name as coaching_kpi_name,
        dim_kpi.label as coaching_label,
        ordered_gaps.value as coaching_value,
        ordered_gaps.peer_mean as coaching_peer_mean,
        ordered_gaps.gap_deviations as coaching_gap_deviations,
        cast({{ number_of('coaching_limit_deviations') }} as double) as coaching_limit_deviations,
        cast({{ number_of('coaching_minimum_cases') }} as int) as coaching_minimum_cases
    from agent_months
    left join agent_ratings as ratings
        on
            agent_months.period_start_date = ratings.month_start_date
            and agent_months.agent_id = ratings.agent_id
    left join agent_ratings as previous
        on
            cast(agent_months.period_start_date - interval '1' month as date)
            = previous.month_start_date
            and agent_months.agent_id = previous.agent_id
    left join expected_shares
        on
            agent_months.period_start_date = expected_shares.month_start_date
            and agent_months.agent_id = expected_shares.agent_id
    left join ordered_gaps
        on
            agent_months.period_start_date = ordered_gaps.period_start_date
            and agent_months.agent_id = ordered_gaps.agent_id
            and ordered_gaps.gap_rank = 1
    left join dim_kpi on ordered_gaps.kpi_name = dim_kpi.kpi_name

)

select * from report_agent_ranking
