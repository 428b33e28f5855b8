{#
    Periods (day, week, month) of which a report shows something else than before: a KPI on one of
    their dates, of the period before or of the year before; or that they are over by now.
#}

{#
    The pre-hook. `relations` are what all that the report shows is made of: where one of these is
    not dated, all periods go.
#}
{% macro forget_touched_periods(relations) -%}
    {%- if is_slice() -%}
        {%- set conditions = [] -%}
        {%- for relation in relations -%}
            {%- do conditions.append(is_of_touched_dates(relation, 'date_day')) -%}
        {%- endfor -%}
        {%- set periods = relation_of_model('dim_period') -%}
        create or replace table {{ book('touched_periods') }} as
        with

        changed_periods as (

            select
                period,
                period_start_date
            from {{ periods }}
            where {{ conditions | join(' or ') }}

            union

            select
                known.period,
                known.period_start_date
            from {{ this }} as known
            inner join {{ periods }} as periods
                on
                    known.period = periods.period
                    and known.period_start_date = periods.date_day
            where known.is_complete <> periods.is_complete

        )

        select distinct
            periods.period,
            periods.period_start_date,
            periods.previous_period_start_date,
            periods.year_before_start_date
        from {{ periods }} as periods
        inner join changed_periods
            on
                periods.period = changed_periods.period
                and changed_periods.period_start_date in (
                    periods.period_start_date,
                    periods.previous_period_start_date,
                    periods.year_before_start_date
                );
        delete from {{ this }} {{ of_touched_periods() }};
    {%- endif -%}
{%- endmacro %}

{# The where clause of what is worked out again. #}
{% macro of_touched_periods(prefix='') -%}
    {%- if is_slice() -%}
        where
            ({{ prefix }}period, {{ prefix }}period_start_date) in (
                select (period, period_start_date) from {{ book('touched_periods') }}
            )
    {%- endif -%}
{%- endmacro %}

{# The where clause of dim_period, with what those periods are compared with. #}
{% macro of_compared_periods() -%}
    {%- if is_slice() -%}
        where
            (period, period_start_date) in (
                select (period, period_start_date) from {{ book('touched_periods') }}
                union all
                select (period, previous_period_start_date) from {{ book('touched_periods') }}
                union all
                select (period, year_before_start_date) from {{ book('touched_periods') }}
            )
    {%- endif -%}
{%- endmacro %}
