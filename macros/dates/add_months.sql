{#
    A date moved by a number of calendar months; a day that the month does not have becomes its
    last.
#}
{% macro add_months(date_expression, months) -%}
    cast({{ dbt.dateadd('month', months, date_expression) }} as date)
{%- endmacro %}
