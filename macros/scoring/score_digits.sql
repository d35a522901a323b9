{# Decimals to which a number is rounded before it meets a threshold. #}
{% macro score_digits() -%}
    {{ return(6) }}
{%- endmacro %}
