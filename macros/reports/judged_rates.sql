{#
    CTEs that end with judged_rates: one row per row of the CTE `relation`, known by its `keys`,
    with the status of each KPI's own target on the date of `date_column`, as <kpi>_status.
    `columns` has by KPI the column with its value.
#}
{% macro judged_rates(relation, keys, date_column, by, columns) -%}
own_targets as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'own'

),

rates as (

    {% for kpi, column in columns.items() -%}
    select
        {{ keys | join(', ') }},
        '{{ kpi }}' as kpi_name,
        {{ column }} as value
    from {{ relation }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

rates_with_target as (

    {{ with_own_target('rates', date_column, by) }}

),

judged_rates as (

    select
        {% for key in keys -%}
            rates.{{ key }},
        {% endfor -%}
        {% for kpi in columns -%}
            max(
                case
                    when rates.kpi_name = '{{ kpi }}'
                        then {{ target_status(
                            'rates.value', 'own_targets.target_low', 'own_targets.target_high'
                        ) }}
                end
            ) as {{ kpi }}_status{{ ',' if not loop.last }}
        {% endfor %}
    from rates_with_target as rates
    left join own_targets on rates.kpi_target_key = own_targets.kpi_target_key
    group by {% for key in keys %}rates.{{ key }}{{ ', ' if not loop.last }}{% endfor %}

)
{%- endmacro %}
