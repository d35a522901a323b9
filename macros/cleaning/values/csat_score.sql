{# The 1 to 5 score of a rating; null for good, bad and offered. #}
{% macro csat_score(score) -%}
    cast(case when {{ score }} not in ('good', 'bad', 'offered') then {{ score }} end as integer)
{%- endmacro %}
