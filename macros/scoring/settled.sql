{# A sum of floats without the last digits, which differ with the order of rows and so from run to run. #}
{% macro settled(expression) -%}
    round({{ expression }}, 9)
{%- endmacro %}
