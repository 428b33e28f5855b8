{#
    CTEs that end with compared_kpis: one row per period (day, week, month), member of `by` and KPI,
    with its parts, its own target, and its values in the period before and a year before. Days are
    the rows of the kpi_* table; weeks and months add up their parts, so a KPI whose parts do not
    add up is refused. The first of `members` is the one that tells them apart.
#}
{% macro compared_kpis(by, kpis) -%}
    {%- set source = {
        'center': {'table': 'kpi_daily', 'months': 'kpi_monthly', 'members': []},
        'channel': {
            'table': 'kpi_daily_by_channel', 'months': 'kpi_monthly_by_channel',
            'members': ['channel_key', 'channel_name'],
        },
        'team': {
            'table': 'kpi_daily_by_team', 'months': 'kpi_monthly_by_team',
            'members': ['team_key', 'team_name'],
        },
        'department': {
            'table': 'kpi_daily_by_team', 'months': 'kpi_monthly_by_team',
            'members': ['department'], 'dimension': 'dim_team', 'key': 'team_key',
        },
        'agent': {
            'table': 'kpi_daily_by_agent', 'months': 'kpi_monthly_by_agent',
            'members': ['agent_id', 'agent_name'], 'dimension': 'dim_agent', 'key': 'agent_key',
        },
    }[by] -%}
    {%- set members = source.members -%}
    {%- set columns = [source.key] if source.dimension else members -%}
    {#- Outside of any condition, where dbt finds them while it parses. -#}
    {%- set days = ref(source.table) -%}
    {%- set months = ref(source.months) -%}
    {%- set dimension = ref(source.dimension) if source.dimension -%}
    {%- set of_months = kpis_of_months(kpis) -%}
    {%- do refuse_kpis_that_do_not_add_up(kpis) -%}
dim_kpi as (

    select * from {{ ref('dim_kpi') }}

),

dim_period as (

    select * from {{ ref('dim_period') }}
    {{ of_compared_periods() }}

),

own_targets as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'own'

),

kpi_parts as (

    select
        kpi_date,
        {% for column in columns -%}
            {{ column }},
        {% endfor -%}
        kpi_name,
        numerator,
        denominator,
        observation_count,
        false as is_of_months
    from {{ days }}
    where kpi_name in ('{{ kpis | reject('in', of_months) | join("', '") }}')
    {%- if of_months %}

    union all

    -- What is known by the month alone has no days to add up.
    select
        month_start_date as kpi_date,
        {% for column in columns -%}
            {{ column }},
        {% endfor -%}
        kpi_name,
        numerator,
        denominator,
        observation_count,
        true as is_of_months
    from {{ months }}
    where kpi_name in ('{{ of_months | join("', '") }}')
    {%- endif %}

),

kpis_by_period as (

    select
        dim_period.period,
        dim_period.period_start_date,
        dim_period.period_end_date,
        dim_period.previous_period_start_date,
        dim_period.year_before_start_date,
        dim_period.is_complete,
        {% for member in members -%}
            {{ source.dimension or 'kpi_parts' }}.{{ member }},
        {% endfor -%}
        kpi_parts.kpi_name,
        {{ exact_sum('kpi_parts.numerator') }} as numerator,
        {{ exact_sum('kpi_parts.denominator') }} as denominator,
        cast(sum(kpi_parts.observation_count) as bigint) as observation_count
    from kpi_parts
    inner join dim_period
        on
            kpi_parts.kpi_date = dim_period.date_day
            and (not kpi_parts.is_of_months or dim_period.period = 'month')
    {% if dimension -%}
    inner join {{ dimension }} as {{ source.dimension }}
        on kpi_parts.{{ source.key }} = {{ source.dimension }}.{{ source.key }}
    {%- endif %}
    group by all

),

valued_kpis as (

    select
        kpis_by_period.*,
        case
            when kpis_by_period.kpi_name in ('{{ kpis_without_denominator(kpis) | join("', '") }}')
                then kpis_by_period.numerator
            else kpis_by_period.numerator / nullif(kpis_by_period.denominator, 0)
        end as value
    from kpis_by_period

),

judged_kpis as (

    {{ with_own_target('valued_kpis', 'period_start_date', by) }}

),

compared_kpis as (

    select
        kpi.period,
        kpi.period_start_date,
        kpi.period_end_date,
        kpi.is_complete,
        {% for member in members -%}
            kpi.{{ member }},
        {% endfor -%}
        kpi.kpi_name,
        dim_kpi.label,
        dim_kpi.unit,
        dim_kpi.direction,
        kpi.numerator,
        kpi.denominator,
        kpi.observation_count,
        kpi.value,
        previous.value as previous_value,
        year_before.value as year_before_value,
        own_targets.target_low,
        own_targets.target_high,
        {{ target_status('kpi.value', 'own_targets.target_low', 'own_targets.target_high') }}
            as target_status
    from judged_kpis as kpi
    inner join dim_kpi on kpi.kpi_name = dim_kpi.kpi_name
    left join own_targets on kpi.kpi_target_key = own_targets.kpi_target_key
    {% for other, start in [
        ('previous', 'previous_period_start_date'), ('year_before', 'year_before_start_date')
    ] -%}
    left join valued_kpis as {{ other }}
        on
            kpi.period = {{ other }}.period
            and kpi.{{ start }} = {{ other }}.period_start_date
            and kpi.kpi_name = {{ other }}.kpi_name
            {% for member in members[:1] -%}
            and kpi.{{ member }} = {{ other }}.{{ member }}
            {% endfor -%}
    {% endfor %}
    {{ of_touched_periods('kpi.') }}

)
{%- endmacro %}

{% macro relations_of_kpis(kpis) -%}
    {{ return(
        registered_kpis() | selectattr('name', 'in', kpis) | map(attribute='config.meta.relation')
        | unique | list
    ) }}
{%- endmacro %}

{#
    Columns of a report that has a row per period and member: of each KPI its value, and those in
    the period before and a year before; of those in `judged` the status of its target too; and of
    `parts` a numerator or denominator under its own name.
#}
{% macro columns_of_kpis(kpis, judged, parts) -%}
    {%- for name, part in parts.items() %}
    cast(sum(case when kpi_name = '{{ part[0] }}' then {{ part[1] }} end) as {{ part[2] }})
        as {{ name }},
    {%- endfor %}
    {%- for kpi in kpis %}
    max(case when kpi_name = '{{ kpi }}' then value end) as {{ kpi }},
    max(case when kpi_name = '{{ kpi }}' then previous_value end) as {{ kpi }}_previous,
    max(case when kpi_name = '{{ kpi }}' then year_before_value end) as {{ kpi }}_year_before
    {%- if kpi in judged %},
    coalesce(max(case when kpi_name = '{{ kpi }}' then target_status end), 'no_value')
        as {{ kpi }}_status
    {%- endif -%}
    {{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The same whatever order the rows come in, as a sum of doubles is not. #}
{% macro exact_sum(amount) -%}
    cast(sum(cast({{ amount }} as decimal(28, 9))) as double)
{%- endmacro %}

{% macro kpis_of_months(kpis) -%}
    {%- set found = [] -%}
    {%- set days = kpi_sources('day', 'center') + kpi_sources('day', 'team')
        + kpi_sources('day', 'agent') + kpi_sources('day', 'campaign') -%}
    {%- set relations_with_days = days | map(attribute='relation') | list -%}
    {%- for metric in registered_kpis() if metric.name in kpis -%}
        {%- if metric.config.meta.relation not in relations_with_days -%}
            {%- do found.append(metric.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{% macro kpis_without_denominator(kpis) -%}
    {%- set found = [] -%}
    {%- for kpi in kpis if execute
        and context[kpi]('v', part='denominator') == 'cast(null as double)' -%}
        {%- do found.append(kpi) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{% macro refuse_kpis_that_do_not_add_up(kpis) -%}
    {%- for kpi in kpis if execute -%}
        {%- set parts = context[kpi]('v', part='numerator')
            ~ context[kpi]('v', part='denominator') -%}
        {%- for sign in [
            'percentile_cont', 'quantile_cont', 'max(', ' over ', 'distinct', 'list_sum', '/ nullif'
        ] if sign in parts -%}
            {{ exceptions.raise_compiler_error(
                kpi ~ ' does not add up over days: ' ~ sign ~ ' is in its parts.'
            ) }}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
