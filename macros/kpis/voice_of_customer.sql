{# Surveys that may still be answered are in neither part: the latest weeks would look worst. #}
{% macro survey_response_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".closed_survey_answered_count)",
        "sum(" ~ v ~ ".closed_survey_count)",
        part
    ) }}
{%- endmacro %}

{% macro customer_satisfaction(v, part='value') -%}
    {{ kpi_ratio(
        sum_where_known(v, 'satisfied_count', 'csat_answered_count'),
        sum_where_known(v, 'csat_answered_count', 'satisfied_count'),
        part
    ) }}
{%- endmacro %}

{% macro customer_satisfaction_mean(v, part='value') -%}
    {{ kpi_ratio(
        sum_where_known(v, 'csat_score_sum', 'csat_answered_count'),
        sum_where_known(v, 'csat_answered_count', 'csat_score_sum'),
        part
    ) }}
{%- endmacro %}

{% macro net_promoter_score(v, part='value') -%}
    {%- set promoters_less_detractors = v ~ ".promoter_count - " ~ v ~ ".detractor_count" -%}
    {{ kpi_ratio(
        "100 * sum(case when " ~ v ~ ".nps_answered_count is not null then "
        ~ promoters_less_detractors ~ " end)",
        "sum(case when " ~ promoters_less_detractors ~ " is not null then "
        ~ v ~ ".nps_answered_count end)",
        part
    ) }}
{%- endmacro %}

{% macro customer_effort_score(v, part='value') -%}
    {{ kpi_ratio(
        sum_where_known(v, 'easy_count', 'ces_answered_count'),
        sum_where_known(v, 'ces_answered_count', 'easy_count'),
        part
    ) }}
{%- endmacro %}

{# Customers of a month that is over, month by month: a year adds up twelve starts. #}
{% macro customer_churn_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".closed_churned_count)",
        "sum(" ~ v ~ ".closed_open_count)",
        part
    ) }}
{%- endmacro %}

{% macro quality_score(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".weighted_points)",
        "sum(" ~ v ~ ".weighted_possible_points)",
        part,
        "sum(case when " ~ v ~ ".weighted_possible_points > 0 then "
        ~ v ~ ".evaluation_count else 0 end)"
    ) }}
{%- endmacro %}

{% macro script_usage_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".script_passed_count)",
        "sum(" ~ v ~ ".script_item_count)",
        part
    ) }}
{%- endmacro %}

{% macro resource_usage_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".resource_passed_count)",
        "sum(" ~ v ~ ".resource_item_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_sentiment(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".counted_sentiment_score)",
        "sum(" ~ v ~ ".sentiment_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro negative_sentiment_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".negative_sentiment_count)",
        "sum(" ~ v ~ ".sentiment_known_count)",
        part
    ) }}
{%- endmacro %}

{# Months from totals may know one count of an answer and not another; such rows are in neither. #}
{% macro sum_where_known(v, column, other) -%}
    sum(case when {{ v }}.{{ other }} is not null then {{ v }}.{{ column }} end)
{%- endmacro %}
