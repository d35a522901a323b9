{# The scoring date of this run: HEALTH_AS_OF_DATE, else the project's var. Nothing else may say today. #}
{% macro as_of_date() -%}
    cast('{{ setting('as_of_date') }}' as date)
{%- endmacro %}
