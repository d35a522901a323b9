{# A small number as a decimal: the sum of decimals is the same whatever the order of the rows, so a
   value that is zero today is zero tomorrow. #}
{% macro exact(expression) -%}
    cast({{ expression }} as numeric(18, 12))
{%- endmacro %}
