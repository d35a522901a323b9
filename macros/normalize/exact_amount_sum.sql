{# A sum of amounts of money to four places that is the same whatever the order of the rows: a cent of
   a sum of floats may turn on it. #}
{% macro exact_amount_sum(expression) -%}
    cast(sum(cast(round(({{ expression }}) * 10000) as bigint)) / 10000 as numeric(18, 4))
{%- endmacro %}
