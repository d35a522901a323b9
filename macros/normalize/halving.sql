{# The share that is left of something of this age: half after one half-life. #}
{% macro halving(age, half_life) -%}
    power(0.5, cast({{ age }} as {{ type_double() }}) / {{ half_life }})
{%- endmacro %}
