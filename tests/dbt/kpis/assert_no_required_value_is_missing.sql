-- What a contract forbids to be NULL is not, also where KPI tables are views, which none stops.
{% set names = [
    'kpi_agent_ratings',
    'kpi_daily',
    'kpi_daily_by_agent',
    'kpi_daily_by_campaign',
    'kpi_daily_by_channel',
    'kpi_daily_by_queue',
    'kpi_daily_by_reason',
    'kpi_daily_by_team',
    'kpi_interval_by_queue',
    'kpi_interval_staffing',
    'kpi_monthly',
    'kpi_monthly_by_agent',
    'kpi_monthly_by_campaign',
    'kpi_monthly_by_channel',
    'kpi_monthly_by_currency',
    'kpi_monthly_by_team',
] %}
{% for model in graph.nodes.values()
    if model.resource_type == 'model' and model.config.schema == 'kpis' and model.name not in names %}
    {{ exceptions.raise_compiler_error(model.name ~ ' is missing here.') }}
{% endfor %}
{% for name in names %}
    {% set conditions = [] %}
    {% set model = graph.nodes.get('model.contact_center.' ~ name, {}) %}
    {% for column in model.get('columns', {}).values()
        if column.constraints | selectattr('type', 'equalto', 'not_null') | list %}
        {% do conditions.append(column.name ~ ' is null') %}
    {% endfor %}
    select
        '{{ name }}' as kpi_table,
        count(*) as row_count
    from {{ ref(name) }}
    where {{ conditions | join(' or ') or 'false' }}
    having count(*) > 0
    {% if not loop.last %}union all{% endif %}
{% endfor %}
