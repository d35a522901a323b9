{# A sum of small numbers that is the same whatever the order of the rows, so that a value that is zero
   today is zero tomorrow: trillionths are added up as whole numbers, not floats. #}
{% macro exact_sum(expression, condition=none) -%}
    cast(
        sum(cast(round(({{ expression }}) * 1e12) as bigint))
        {%- if condition %} filter (where {{ condition }}) {%- endif %} as {{ type_double() }}
    ) / 1e12
{%- endmacro %}
