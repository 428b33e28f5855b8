-- One row per agent version and calendar month in which the agent was employed in its team.
with

employments as (

    select * from {{ ref('int_employments') }}

),

payroll_months as (

    select * from {{ ref('int_payroll_months') }}

),

absences as (

    select * from {{ ref('int_absences') }}

),

schedule_intervals as (

    select * from {{ ref('fact_schedule_intervals') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}
    where agent_key >= 0 and not is_shared_login

),

-- Before the first month of payroll only those who stayed would be known, and nobody who left.
source_months as (

    select
        source_system,
        source_instance,
        min(month_start_date) as first_month,
        max(month_start_date) as last_month
    from payroll_months
    group by source_system, source_instance

),

months as (

    select
        source_system,
        source_instance,
        {{ each_day('first_month', 'last_month') }} as month_start_date
    from source_months

),

whole_months as (

    select
        source_system,
        source_instance,
        month_start_date,
        cast(month_start_date + interval '1' month as date) as next_month_start_date
    from months
    where extract(day from month_start_date) = 1

),

versions as (

    select
        agent_key,
        agent_id,
        agent_code,
        source_system,
        source_instance,
        agent_name,
        person_key,
        team_key,
        team_name,
        coalesce(site_name, 'Unknown') as site_name,
        valid_from,
        valid_to,
        case
            when valid_from > timestamp '1900-01-01 00:00:00'
                then {{ reporting_date('valid_from') }}
        end as joined_team_on,
        case
            when valid_to < timestamp '9999-12-31 00:00:00' then {{ reporting_date('valid_to') }}
        end as left_team_on
    from dim_agent

),

-- Few rows each: an agent's employments beside the agent's versions.
employed_versions as (

    select
        versions.*,
        employments.hired_on,
        employments.left_on,
        employments.leaving_kind,
        coalesce(versions.joined_team_on > employments.hired_on, false) as is_moved_in,
        coalesce(versions.left_team_on <= employments.left_on, versions.left_team_on is not null)
            as is_moved_out
    from versions
    inner join employments
        on
            versions.source_system = employments.source_system
            and versions.source_instance = employments.source_instance
            and versions.agent_code = employments.agent_code
    where
        (versions.left_team_on is null or versions.left_team_on > employments.hired_on)
        and (
            versions.joined_team_on is null or employments.left_on is null
            or versions.joined_team_on <= employments.left_on
        )

),

employed_months as (

    select
        employed_versions.*,
        whole_months.month_start_date,
        whole_months.next_month_start_date,
        case
            when employed_versions.is_moved_in then employed_versions.joined_team_on
            else employed_versions.hired_on
        end as entered_on,
        case
            when employed_versions.is_moved_out then employed_versions.left_team_on
            else employed_versions.left_on
        end as exited_on
    from employed_versions
    inner join whole_months
        on
            employed_versions.source_system = whole_months.source_system
            and employed_versions.source_instance = whole_months.source_instance

),

-- Of the months in which they were there for a day at least.
headcounts as (

    select
        agent_key,
        month_start_date,
        sum(case when entered_on < month_start_date then 1 else 0 end) as headcount_open_count,
        sum(
            case when exited_on is null or exited_on >= next_month_start_date then 1 else 0 end
        ) as headcount_close_count,
        sum(case when is_entry and not is_moved_in then 1 else 0 end) as hired_count,
        sum(case when is_entry and is_moved_in then 1 else 0 end) as moved_in_count,
        sum(case when is_exit and not is_moved_out then 1 else 0 end) as left_count,
        sum(
            case
                when is_exit and not is_moved_out and leaving_kind = 'voluntary' then 1 else 0
            end
        ) as left_voluntary_count,
        sum(
            case
                when is_exit and not is_moved_out and leaving_kind = 'involuntary' then 1 else 0
            end
        ) as left_involuntary_count,
        sum(case when is_exit and is_moved_out then 1 else 0 end) as moved_out_count
    from (
        select
            *,
            entered_on >= month_start_date and entered_on < next_month_start_date as is_entry,
            coalesce(
                exited_on >= month_start_date and exited_on < next_month_start_date, false
            ) as is_exit
        from employed_months
        where
            entered_on < next_month_start_date
            and (exited_on is null or exited_on >= month_start_date)
    ) as months_inside
    group by agent_key, month_start_date

),

-- Hours of a month go to the team in which the agent ended it.
payroll_versions as (

    select
        versions.agent_key,
        payroll_months.month_start_date,
        payroll_months.scheduled_seconds,
        payroll_months.paid_seconds
    from payroll_months
    inner join versions
        on
            payroll_months.source_system = versions.source_system
            and payroll_months.source_instance = versions.source_instance
            and payroll_months.agent_code = versions.agent_code
            and (
                versions.joined_team_on is null
                or versions.joined_team_on
                < cast(payroll_months.month_start_date + interval '1' month as date)
            )
            and (
                versions.left_team_on is null
                or versions.left_team_on
                >= cast(payroll_months.month_start_date + interval '1' month as date)
            )

),

absence_versions as (

    select
        versions.agent_key,
        cast(
            date_trunc('month', {{ reporting_date('absences.starts_at') }}) as date
        ) as month_start_date,
        sum(
            case when absences.is_planned then absences.absence_seconds else 0 end
        ) as absence_planned_seconds,
        sum(
            case when absences.is_planned then 0 else absences.absence_seconds end
        ) as absence_unplanned_seconds,
        sum(
            case when absences.is_planned then absences.absence_days else 0 end
        ) as absence_planned_days,
        sum(
            case when absences.is_planned then 0 else absences.absence_days end
        ) as absence_unplanned_days
    from absences
    inner join versions
        on
            absences.source_system = versions.source_system
            and absences.source_instance = versions.source_instance
            and absences.agent_code = versions.agent_code
            and absences.starts_at >= versions.valid_from
            and absences.starts_at < versions.valid_to
    group by
        versions.agent_key, date_trunc('month', {{ reporting_date('absences.starts_at') }})

),

schedule_versions as (

    select
        agent_key,
        cast(date_trunc('month', business_date) as date) as month_start_date,
        sum(external_shrinkage_seconds) as external_shrinkage_seconds,
        sum(internal_shrinkage_seconds) as internal_shrinkage_seconds,
        sum(break_seconds) as break_seconds,
        sum(overtime_seconds) as overtime_seconds,
        sum(shrinkage_base_seconds) as shrinkage_base_seconds
    from schedule_intervals
    group by agent_key, date_trunc('month', business_date)

),

agent_months as (

    select
        agent_key,
        month_start_date
    from headcounts
    union
    select
        agent_key,
        month_start_date
    from payroll_versions
    union
    select
        absence_versions.agent_key,
        absence_versions.month_start_date
    from absence_versions
    inner join versions on absence_versions.agent_key = versions.agent_key
    inner join whole_months
        on
            versions.source_system = whole_months.source_system
            and versions.source_instance = whole_months.source_instance
            and absence_versions.month_start_date = whole_months.month_start_date

),

fact_agent_months as (

    select
        agent_months.agent_key,
        versions.team_key,
        versions.person_key,
        versions.source_system,
        versions.source_instance,

        versions.agent_id,
        versions.agent_name,
        versions.team_name,
        versions.site_name,

        cast(coalesce(headcounts.headcount_open_count, 0) as int) as headcount_open_count,
        cast(coalesce(headcounts.headcount_close_count, 0) as int) as headcount_close_count,
        cast(coalesce(headcounts.hired_count, 0) as int) as hired_count,
        cast(coalesce(headcounts.left_count, 0) as int) as left_count,
        cast(coalesce(headcounts.left_voluntary_count, 0) as int) as left_voluntary_count,
        cast(coalesce(headcounts.left_involuntary_count, 0) as int) as left_involuntary_count,
        cast(coalesce(headcounts.moved_in_count, 0) as int) as moved_in_count,
        cast(coalesce(headcounts.moved_out_count, 0) as int) as moved_out_count,

        payroll_versions.scheduled_seconds,
        payroll_versions.paid_seconds,

        {% set delivers_absences -%}
            versions.source_system in ({{ sources_that_deliver('absences') }})
        {%- endset -%}
        {% for column in ['absence_planned_seconds', 'absence_unplanned_seconds'] -%}
            cast(
                case
                    when {{ delivers_absences }} then coalesce(absence_versions.{{ column }}, 0)
                end as decimal(18, 3)
            ) as {{ column }},
        {% endfor -%}
        {% for column in ['absence_planned_days', 'absence_unplanned_days'] -%}
            cast(
                case
                    when {{ delivers_absences }} then coalesce(absence_versions.{{ column }}, 0)
                end as decimal(9, 4)
            ) as {{ column }},
        {% endfor -%}

        cast(schedule_versions.external_shrinkage_seconds as decimal(18, 3))
            as external_shrinkage_seconds,
        cast(schedule_versions.internal_shrinkage_seconds as decimal(18, 3))
            as internal_shrinkage_seconds,
        cast(schedule_versions.break_seconds as decimal(18, 3)) as break_seconds,
        cast(schedule_versions.overtime_seconds as decimal(18, 3)) as overtime_seconds,
        cast(schedule_versions.shrinkage_base_seconds as decimal(18, 3)) as shrinkage_base_seconds,

        agent_months.month_start_date
    from agent_months
    inner join versions on agent_months.agent_key = versions.agent_key
    left join headcounts
        on
            agent_months.agent_key = headcounts.agent_key
            and agent_months.month_start_date = headcounts.month_start_date
    left join payroll_versions
        on
            agent_months.agent_key = payroll_versions.agent_key
            and agent_months.month_start_date = payroll_versions.month_start_date
    left join absence_versions
        on
            agent_months.agent_key = absence_versions.agent_key
            and agent_months.month_start_date = absence_versions.month_start_date
    left join schedule_versions
        on
            agent_months.agent_key = schedule_versions.agent_key
            and agent_months.month_start_date = schedule_versions.month_start_date

)

select * from fact_agent_months
