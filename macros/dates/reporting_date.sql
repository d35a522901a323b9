{# The calendar date of a UTC timestamp (or a date) in the reporting time zone. #}
{% macro reporting_date(timestamp_expression) -%}
    {%- if setting('reporting_time_zone') == 'UTC' -%}
        cast({{ timestamp_expression }} as date)
    {%- else -%}
        cast({{ to_time_zone(timestamp_expression, setting('reporting_time_zone')) }} as date)
    {%- endif -%}
{%- endmacro %}
