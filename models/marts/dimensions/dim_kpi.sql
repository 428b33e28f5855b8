-- One row per certified KPI, built from the registry in the metrics' own definitions.
with

{#- The macro of the same name gives the expressions, so that there is one definition only. #}
dim_kpi as (
    {% for metric in registered_kpis() | sort(attribute='name') %}
        {%- set meta = metric.config.meta %}
        {%- set kpi_macro = context[metric.name] %}
        {%- set parameter = meta.get('parameter') %}
        select
            {{ text_literal(metric.name) }} as kpi_name,
            {{ text_literal(metric.label) }} as label,
            {{ text_literal(kpi_family(metric)) }} as family,
            {{ text_literal(metric.description) }} as meaning,
            {{ text_literal(meta.counts) }} as counts,
            {{ text_literal(meta.leaves_out) }} as leaves_out,
            {{ text_literal(meta.unit) }} as unit,
            {{ text_literal(meta.direction) }} as direction,
            {{ meta.tier }} as tier,
            {{ text_literal(meta.owner) }} as owner,
            {{ meta.version }} as version,
            cast({{ text_literal(meta.effective_date) }} as date) as effective_date,
            {{ text_or_null(meta.get('variant_of')) }} as variant_of,
            {{ text_literal(meta.relation) }} as relation,
            {{ text_literal(meta.get('also_over', []) | join(', ')) }} as also_over,
            {{ text_literal(meta.time_column) }} as time_column,
            {{ text_literal(meta.dimensions | join(', ')) }} as dimensions,
            {{ text_or_null(meta.get('needs')) }} as needed_dimension,
            {{ text_literal(meta.shape) }} as shape,
            {{ text_or_null(meta.get('shape_reason')) }} as shape_reason,
            {{ text_literal(meta.time_attribution) }} as time_attribution,
            {{ text_literal(meta.zero_denominator) }} as zero_denominator,
            cast({{ meta.plausible[0] if meta.plausible[0] is not none else 'null' }} as double)
                as plausible_from,
            cast({{ meta.plausible[1] if meta.plausible[1] is not none else 'null' }} as double)
                as plausible_to,
            {{ text_literal(meta.definition_source) }} as definition_source,
            {{ text_literal(kpi_divergence(meta)) }} as vendor_divergence,
            {{ text_literal(
                metric.description ~ ' Counts: ' ~ meta.counts ~ ' Leaves out: ' ~ meta.leaves_out
                ~ ' Unit: ' ~ meta.unit ~ '. Runs over ' ~ meta.relation
                ~ (', and over ' ~ meta.also_over | join(' and ') if meta.get('also_over') else '')
                ~ '. ' ~ (meta.parameter_use ~ ' ' if parameter else '')
                ~ 'By: ' ~ ([meta.time_column] + meta.dimensions) | join(', ') ~ '. Time: '
                ~ meta.time_attribution ~ ' Empty: ' ~ meta.zero_denominator
                ~ ' Elsewhere: ' ~ kpi_divergence(meta)
                ~ ' Version ' ~ meta.version ~ ' since ' ~ meta.effective_date ~ '.'
                ~ kpi_deprecation(meta)
            ) }} as definition,
            {{ text_literal(kpi_macro('v')) }} as expression,
            {{ text_literal(kpi_macro('v', part='numerator')) }} as numerator_expression,
            {{ text_literal(kpi_macro('v', part='denominator')) }} as denominator_expression,
            {{ text_literal(kpi_macro('v', part='observations')) }} as observations_expression,
            {{ text_or_null(parameter) }} as parameter_name,
            {{ text_or_null(meta.parameter_use if parameter else none) }} as parameter_use,
            {% if parameter -%}
                {{ text_literal(kpi_macro('v', **{parameter: parameter})) }}
            {%- else -%}
                cast(null as string)
            {%- endif %} as parameter_expression
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select * from dim_kpi
