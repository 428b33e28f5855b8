{#
    The whole body of a kpi_* table: KPIs by period and dimension, a row for each, with its parts
    and its target. A KPI is in it when its registry entry allows the dimension. Without `kpis` all
    such KPIs are; one that is named and has no meaning there is refused with the reason.
#}
{% macro kpi_table(period, by='center', kpis=none) -%}
    {%- set period_name = kpi_period_name(period) -%}
    {%- set names = kpi_members(by) -%}
    {%- set is_slice = is_slice() -%}
    {%- set groups = [] -%}
    {%- for source in kpi_sources(period, by) -%}
        {#- The ref stands before any condition: while dbt parses, it knows no registry yet. -#}
        {%- do source.update({
            'table': ref(source.relation), 'kpis': kpis_of_source(source, by, kpis)
        }) -%}
        {%- if source.kpis -%}
            {%- do groups.append(source) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do refuse_kpis_without_source(kpis or [], groups, by) %}
    {%- if is_slice -%}
        {%- set groups = groups_with_touched_dates(groups, period) -%}
    {%- endif %}
with

dim_kpi as (

    select * from {{ ref('dim_kpi') }}

),

own_targets as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'own'

),

{% for group in groups -%}
{%- set period_start = kpi_period(period, group) -%}
{{ group.relation }}_groups as (

    select
        {{ period_start }} as {{ period_name }},
        {% for name in names -%}
            v.{{ group.get('columns', {}).get(name, name) }} as {{ name }},
        {% endfor -%}
        {{ array_of_structs(kpi_structs(group.kpis, period_start)) }} as kpis
    from {{ group.table }} as v
    where
        {{ group.get('where', 'true') }}
        {% if is_slice -%}
            and {{ is_of_touched_dates(group.relation, 'v.' ~ group.date, period) }}
        {%- endif %}
    group by
        {{ period_start }}
        {%- for name in names -%}
            , v.{{ group.get('columns', {}).get(name, name) }}
        {%- endfor %}

),

{% endfor -%}

kpi_values as (

    {% for group in groups -%}
    select
        {{ ([period_name] + names) | join(', ') }},
        {{ each_struct('kpis') }}
    from {{ group.relation }}_groups
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

values_with_target as (

    {{ with_own_target('kpi_values', kpi_period_name(period), by) }}

),

judged_values as (

    select
        {% for name in [period_name] + names -%}
            kpi.{{ name }},
        {% endfor -%}
        kpi.kpi_name,
        dim_kpi.label,
        dim_kpi.unit,
        dim_kpi.tier,
        kpi.value,
        kpi.numerator,
        kpi.denominator,
        kpi.observation_count,
        targets.target_low,
        targets.target_high,
        {{ gap_to_target('kpi.value', 'targets.target_low', 'targets.target_high') }}
            as gap_to_target,
        {{ target_status('kpi.value', 'targets.target_low', 'targets.target_high') }}
            as target_status
    from values_with_target as kpi
    inner join dim_kpi on kpi.kpi_name = dim_kpi.kpi_name
    left join own_targets as targets on kpi.kpi_target_key = targets.kpi_target_key

)

select * from judged_values
{%- endmacro %}

{# Planning a hundred KPIs of nothing takes longer than adding up a few. One group is kept. #}
{% macro groups_with_touched_dates(groups, period) -%}
    {%- set touched = [] -%}
    {%- for group in groups if touched_dates_of(group.relation, period) != [] -%}
        {%- do touched.append(group) -%}
    {%- endfor -%}
    {{ return(touched or groups[:1]) }}
{%- endmacro %}

{% macro kpi_period_name(period) -%}
    {%- set periods = {
        'interval': 'interval_start_at', 'day': 'kpi_date', 'month': 'month_start_date'
    } -%}
    {%- if period not in periods -%}
        {{ exceptions.raise_compiler_error(
            "A KPI table is of " ~ periods.keys() | join(', ') ~ ", not of '" ~ period ~ "'."
        ) }}
    {%- endif -%}
    {{ return(periods[period]) }}
{%- endmacro %}

{# What a table by this dimension names: keys and names, as its columns are called. #}
{% macro kpi_members(by) -%}
    {%- set members = {
        'center': [],
        'channel': ['channel_key', 'channel_name'],
        'queue': ['queue_key', 'channel_key', 'queue_name', 'channel_name'],
        'reason': ['contact_reason_key', 'contact_reason_name'],
        'team': ['team_key', 'team_name'],
        'agent': ['agent_key', 'agent_name'],
        'campaign': ['campaign_key', 'campaign_name'],
        'currency': ['currency_code'],
    } -%}
    {%- if by not in members -%}
        {{ exceptions.raise_compiler_error(
            "A KPI table is by " ~ members.keys() | join(', ') ~ ", not by '" ~ by ~ "'."
        ) }}
    {%- endif -%}
    {{ return(members[by]) }}
{%- endmacro %}

{# KPIs of the registry that run over the source and have a meaning by its names. #}
{% macro kpis_of_source(source, by, kpis) -%}
    {%- set columns = [] -%}
    {%- for name in kpi_members(by) if not name.endswith('_key') -%}
        {%- do columns.append(source.get('columns', {}).get(name, name)) -%}
    {%- endfor -%}
    {%- set found = [] -%}
    {%- for metric in registered_kpis() | sort(attribute='name') -%}
        {%- set meta = metric.config.meta -%}
        {#- What a KPI needs it must be asked by: a share of all is always 1. -#}
        {%- set has_meaning = not columns | reject('in', meta.dimensions) | list
            and (not meta.get('needs') or meta.needs in columns) -%}
        {#- Rows of one scope, such as busy hours, are by that scope whatever names they carry. -#}
        {%- if meta.relation == source.relation and (has_meaning or source.get('is_of_one_scope'))
            and (kpis is none or metric.name in kpis) -%}
            {%- do found.append(metric) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{# Stops at a KPI that was asked for by name and that no source of the table gives. #}
{% macro refuse_kpis_without_source(kpis, groups, by) -%}
    {%- set given_kpis = groups | map(attribute='kpis') | sum(start=[]) -%}
    {%- set given = given_kpis | map(attribute='name') | list -%}
    {%- for kpi in kpis if execute and kpi not in given -%}
        {%- set metric = registered_kpis() | selectattr('name', 'equalto', kpi) | first -%}
        {%- if not metric -%}
            {{ exceptions.raise_compiler_error("There is no KPI '" ~ kpi ~ "' in the registry.") }}
        {%- endif -%}
        {%- set meta = metric.config.meta -%}
        {{ exceptions.raise_compiler_error(
            kpi ~ ' has no meaning by ' ~ by ~ '. ' ~ meta.get('refused', {}).get(
                by ~ '_name',
                'It is by ' ~ meta.dimensions | join(', ') ~ ' of ' ~ meta.relation ~ '.'
            )
        ) }}
    {%- endfor -%}
{%- endmacro %}

{% macro registered_kpis() -%}
    {%- set kpis = [] -%}
    {%- set linted = var('linted_kpis', none) -%}
    {%- if execute -%}
        {%- for metric in graph.metrics.values()
            if metric.config.meta.get('kpi') and (linted is none or metric.name in linted) -%}
            {%- do kpis.append(metric) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(kpis) }}
{%- endmacro %}

{# A KPI and its parts as the fields of a struct, all KPIs of the same types. #}
{% macro kpi_structs(kpis, period_start) -%}
    {%- set structs = [] -%}
    {%- for metric in kpis -%}
        {%- set kpi_macro = context[metric.name] -%}
        {%- set within = {'within': period_start} if metric.config.meta.shape == 'share' else {} -%}
        {%- do structs.append({
            'kpi_name': text_literal(metric.name),
            'value': 'cast(' ~ kpi_macro('v', **within) ~ ' as double)',
            'numerator': kpi_macro('v', part='numerator', **within),
            'denominator': kpi_macro('v', part='denominator', **within),
            'observation_count': kpi_macro('v', part='observations', **within),
        }) -%}
    {%- endfor -%}
    {{ return(structs) }}
{%- endmacro %}

{# First date of the month, the date, or the quarter hour that a row of the source belongs to. #}
{% macro kpi_period(period, source) -%}
    {%- if period == 'interval' -%}
        {{ quarter_hour('v.' ~ source.at) }}
    {%- elif period == 'month' -%}
        cast(date_trunc('month', v.{{ source.date }}) as date)
    {%- else -%}
        v.{{ source.date }}
    {%- endif -%}
{%- endmacro %}
