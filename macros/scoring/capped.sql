{# The lower of a number and a cap; without a cap, the number. A number that is null stays null. #}
{% macro capped(number, cap) -%}
    case when {{ number }} > {{ cap }} then {{ cap }} else {{ number }} end
{%- endmacro %}
