{# A score as a customer reads it: one decimal, exact, so that sums of what is shown hold. #}
{% macro shown_score(score) -%}
    cast(round({{ score }}, 1) as numeric(5, 1))
{%- endmacro %}
