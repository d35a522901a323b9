{# The last day of the month of a date. #}
{% macro month_end(date_expression) -%}
    {{ add_days(add_months("cast(date_trunc('month', " ~ date_expression ~ ") as date)", 1), -1) }}
{%- endmacro %}
