-- One row per certified KPI, built from the registry in the metrics' own definitions.
{%- set kpis = [] %}
{%- if execute %}
    {%- for metric in graph.metrics.values() if metric.config.meta.get('kpi') %}
        {%- do kpis.append(metric) %}
    {%- endfor %}
{%- endif %}
with

{#- The macro of the same name gives the expression, so that there is one definition only. #}
dim_kpi as (
    {% for metric in kpis | sort(attribute='name') %}
        {%- set meta = metric.config.meta %}
        {%- set kpi_macro = context[metric.name] %}
        select
            {{ text_literal(metric.name) }} as kpi_name,
            {{ text_literal(metric.label) }} as label,
            {{ text_literal(metric.description) }} as meaning,
            {{ text_literal(meta.counts) }} as counts,
            {{ text_literal(meta.leaves_out) }} as leaves_out,
            {{ text_literal(meta.unit) }} as unit,
            {{ text_literal(meta.direction) }} as direction,
            {{ meta.tier }} as tier,
            {{ text_literal(meta.owner) }} as owner,
            {{ meta.version }} as version,
            cast({{ text_literal(meta.effective_date) }} as date) as effective_date,
            {{ text_literal(meta.relation) }} as relation,
            {{ text_literal(meta.time_attribution) }} as time_attribution,
            {{ text_literal(meta.zero_denominator) }} as zero_denominator,
            {{ text_literal(meta.definition_source) }} as definition_source,
            {{ text_literal(meta.vendor_divergence) }} as vendor_divergence,
            {{ text_literal(
                metric.description ~ ' Counts: ' ~ meta.counts ~ ' Leaves out: ' ~ meta.leaves_out
                ~ ' Unit: ' ~ meta.unit ~ '. Runs over ' ~ meta.relation
                ~ ('; with a threshold of your own over fact_queue_visits only'
                    if 'threshold' in meta.get('parameters', []) else '')
                ~ '. Version ' ~ meta.version ~ '.'
            ) }} as definition,
            {{ text_literal(kpi_macro('v')) }} as expression,
            {% if 'threshold' in meta.get('parameters', []) -%}
                {{ text_literal(kpi_macro('v', threshold='threshold')) }}
            {%- else -%}
                cast(null as varchar)
            {%- endif %} as threshold_expression
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select * from dim_kpi
