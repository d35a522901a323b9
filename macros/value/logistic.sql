{# The probability that has these log odds. #}
{% macro logistic(log_odds) -%}
    (1 / (1 + exp(-({{ log_odds }}))))
{%- endmacro %}
