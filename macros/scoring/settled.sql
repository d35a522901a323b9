{# A sum of floats without its last digits, which differ with the order of rows, so from run to run. #}
{% macro settled(expression) -%}
    round({{ expression }}, 12)
{%- endmacro %}
