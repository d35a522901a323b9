{# What a monthly amount is in a year. #}
{% macro annual_amount(monthly_amount) -%}
    {{ monthly_amount }} * 12
{%- endmacro %}
