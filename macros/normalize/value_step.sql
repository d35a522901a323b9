{# The number of whole steps in a value: an integer, so that equal values meet in a join. #}
{% macro value_step(value, precision) -%}
    cast(round({{ value }} / nullif({{ precision }}, 0)) as bigint)
{%- endmacro %}
