-- One row per period (day, week, month) and channel.
{%- set kpis = [
    'contacts_offered', 'contacts_answered', 'service_level', 'abandonment_rate',
    'average_speed_of_answer', 'average_first_response_time', 'average_handle_time',
    'transfer_rate', 'first_contact_resolution', 'customer_satisfaction', 'net_promoter_score',
] %}
{%- set judged = [
    'service_level', 'abandonment_rate', 'average_speed_of_answer', 'average_first_response_time',
    'average_handle_time', 'transfer_rate', 'first_contact_resolution', 'customer_satisfaction',
] %}
{%- set parts = {
    'service_level_due_count': ['service_level', 'denominator', 'bigint'],
    'answered_in_threshold_count': ['service_level', 'numerator', 'bigint'],
    'handle_known_count': ['average_handle_time', 'denominator', 'bigint'],
    'satisfaction_answered_count': ['customer_satisfaction', 'denominator', 'bigint'],
} %}
with

{{ compared_kpis('channel', kpis) }},

mix_days as (

    select * from {{ ref('fact_contact_mix_days') }}
    where mix = 'channel'

),

contact_mix as (

    select
        dim_period.period,
        dim_period.period_start_date,
        dim_period.previous_period_start_date,
        dim_period.year_before_start_date,
        mix_days.member as channel_name,
        sum(mix_days.contact_count) as contact_count,
        {{ channel_share('mix_days', within='dim_period.period, dim_period.period_start_date') }}
            as contact_share
    from mix_days
    inner join dim_period on mix_days.started_date = dim_period.date_day
    group by
        dim_period.period,
        dim_period.period_start_date,
        dim_period.previous_period_start_date,
        dim_period.year_before_start_date,
        mix_days.member

),

compared_mix as (

    select
        contact_mix.*,
        previous.contact_share as contact_share_previous,
        year_before.contact_share as contact_share_year_before
    from contact_mix
    left join contact_mix as previous
        on
            contact_mix.period = previous.period
            and contact_mix.previous_period_start_date = previous.period_start_date
            and contact_mix.channel_name = previous.channel_name
    left join contact_mix as year_before
        on
            contact_mix.period = year_before.period
            and contact_mix.year_before_start_date = year_before.period_start_date
            and contact_mix.channel_name = year_before.channel_name

),

workload as (

    select
        period,
        period_start_date,
        channel_key,
        numerator as handle_seconds,
        numerator / nullif(sum(numerator) over (partition by period, period_start_date), 0)
            as workload_share
    from compared_kpis
    where kpi_name = 'average_handle_time'

),

kpis_with_shares as (

    select
        kpi.*,
        compared_mix.contact_count,
        compared_mix.contact_share,
        compared_mix.contact_share_previous,
        compared_mix.contact_share_year_before,
        workload.handle_seconds,
        workload.workload_share
    from compared_kpis as kpi
    left join compared_mix
        on
            kpi.period = compared_mix.period
            and kpi.period_start_date = compared_mix.period_start_date
            and kpi.channel_name = compared_mix.channel_name
    left join workload
        on
            kpi.period = workload.period
            and kpi.period_start_date = workload.period_start_date
            and kpi.channel_key = workload.channel_key

),

report_channel as (

    select
        period,
        period_start_date,
        period_end_date,
        is_complete,
        channel_key,
        channel_name,
        cast(max(contact_count) as bigint) as contact_count,
        max(contact_share) as contact_share,
        max(contact_share_previous) as contact_share_previous,
        max(contact_share_year_before) as contact_share_year_before,
        cast(max(handle_seconds) as decimal(18, 3)) as handle_seconds,
        max(workload_share) as workload_share,
        {{ columns_of_kpis(kpis, judged, parts) }}
    from kpis_with_shares
    group by
        period, period_start_date, period_end_date, is_complete, channel_key, channel_name

)

select * from report_channel
