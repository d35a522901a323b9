{# The monthly rate that comes to a yearly rate by compounding. #}
{% macro monthly_rate(annual_rate) -%}
    (power(1 + ({{ annual_rate }}), cast(1 as {{ type_double() }}) / 12) - 1)
{%- endmacro %}
