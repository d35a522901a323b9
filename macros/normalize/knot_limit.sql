{# The most knots that a metric may have; a test holds the seed to it. #}
{% macro knot_limit() -%}
    {{ return(8) }}
{%- endmacro %}
