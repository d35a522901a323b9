{# Months in one billing period; null for intervals that are no whole months. #}
{% macro billing_interval_months(interval_unit, interval_count) -%}
    case {{ interval_unit }} when 'month' then 1 when 'year' then 12 end * coalesce({{ interval_count }}, 1)
{%- endmacro %}
