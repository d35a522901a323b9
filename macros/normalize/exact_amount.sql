{# An amount of money as a decimal with room for its fractions: rounded to the cent, a sum of floats
   may turn on the order of the rows, a sum of decimals cannot. #}
{% macro exact_amount(expression) -%}
    cast({{ expression }} as numeric(28, 10))
{%- endmacro %}
