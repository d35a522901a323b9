{# The log odds of a score of 0-100. #}
{% macro log_odds(score) -%}
    ln({{ score }} / nullif(100 - {{ score }}, 0))
{%- endmacro %}
