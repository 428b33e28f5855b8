-- One row per agent version and month, with the parts of the productivity index and their targets.
with

agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}

),

schedule_intervals as (

    select * from {{ ref('fact_schedule_intervals') }}

),

evaluations as (

    select * from {{ ref('fact_evaluations') }}

),

productivity_weights as (

    select * from {{ ref('productivity_weights') }}

),

-- Nobody can be measured by what several people did under one log-in.
dim_agent as (

    select * from {{ ref('dim_agent') }}
    where agent_key >= 0 and not is_shared_login

),

-- Contacts count where the time to handle them in is known.
handling as (

    select
        agent_key,
        cast(date_trunc('month', business_date) as date) as month_start_date,
        sum(case when staffed_seconds is not null then handled_count end) as handled_count,
        sum(staffed_seconds) as staffed_seconds
    from agent_intervals
    group by agent_key, date_trunc('month', business_date)

),

adherence as (

    select
        agent_key,
        cast(date_trunc('month', business_date) as date) as month_start_date,
        sum(adherent_seconds) as adherent_seconds,
        sum(case when adherent_seconds is not null then scheduled_seconds end)
            as scheduled_seconds
    from schedule_intervals
    group by agent_key, date_trunc('month', business_date)

),

script_usage as (

    select
        agent_key,
        cast(date_trunc('month', contact_date) as date) as month_start_date,
        sum(script_passed_count) as script_passed_count,
        sum(script_item_count) as script_item_count
    from evaluations
    group by agent_key, date_trunc('month', contact_date)

),

agent_months as (

    select
        agent_key,
        month_start_date
    from handling
    union
    select
        agent_key,
        month_start_date
    from adherence
    union
    select
        agent_key,
        month_start_date
    from script_usage

),

weights_in_time as (

    select
        part,
        target,
        weight,
        valid_from,
        {{ valid_to(['part'], type='date') }} as valid_to
    from productivity_weights

),

-- Few rows: months beside the three parts.
weights_of_months as (

    select
        {% for part in ['contacts_per_agent_hour', 'schedule_adherence', 'script_usage_rate'] -%}
            max(weights_in_time.target) filter (where weights_in_time.part = '{{ part }}')
                as {{ part }}_target,
            max(weights_in_time.weight) filter (where weights_in_time.part = '{{ part }}')
                as {{ part }}_weight,
        {% endfor -%}
        months.month_start_date
    from (select distinct month_start_date from agent_months) as months
    inner join weights_in_time
        on
            months.month_start_date >= weights_in_time.valid_from
            and months.month_start_date < weights_in_time.valid_to
    group by months.month_start_date

),

fact_agent_productivity_months as (

    select
        agent_months.agent_key,
        dim_agent.team_key,
        dim_agent.source_system,
        dim_agent.source_instance,

        dim_agent.agent_id,
        dim_agent.agent_name,
        dim_agent.team_name,

        cast(handling.handled_count as int) as handled_count,
        cast(handling.staffed_seconds as decimal(18, 3)) as staffed_seconds,
        cast(adherence.adherent_seconds as decimal(18, 3)) as adherent_seconds,
        cast(adherence.scheduled_seconds as decimal(18, 3)) as scheduled_seconds,
        cast(script_usage.script_passed_count as int) as script_passed_count,
        cast(script_usage.script_item_count as int) as script_item_count,

        weights_of_months.contacts_per_agent_hour_target,
        weights_of_months.contacts_per_agent_hour_weight,
        weights_of_months.schedule_adherence_target,
        weights_of_months.schedule_adherence_weight,
        weights_of_months.script_usage_rate_target,
        weights_of_months.script_usage_rate_weight,

        agent_months.month_start_date
    from agent_months
    inner join dim_agent on agent_months.agent_key = dim_agent.agent_key
    left join handling
        on
            agent_months.agent_key = handling.agent_key
            and agent_months.month_start_date = handling.month_start_date
    left join adherence
        on
            agent_months.agent_key = adherence.agent_key
            and agent_months.month_start_date = adherence.month_start_date
    left join script_usage
        on
            agent_months.agent_key = script_usage.agent_key
            and agent_months.month_start_date = script_usage.month_start_date
    left join weights_of_months
        on agent_months.month_start_date = weights_of_months.month_start_date

)

select * from fact_agent_productivity_months
