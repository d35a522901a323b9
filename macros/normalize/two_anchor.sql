{# N5: the logistic through two agreed points. #}
{% macro two_anchor(value, steepness, midpoint) -%}
    100 / (1 + exp(-{{ steepness }} * ({{ value }} - {{ midpoint }})))
{%- endmacro %}
