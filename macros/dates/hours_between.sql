{# Hours from one timestamp to another, with fractions. #}
{% macro hours_between(started_at, ended_at) -%}
    {{ seconds_between(started_at, ended_at) }} / 3600
{%- endmacro %}
