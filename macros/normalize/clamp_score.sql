{# The number held within 0-100; null stays null, which least() and greatest() alone would not do. #}
{% macro clamp_score(score) -%}
    case when {{ score }} < 0 then 0 when {{ score }} > 100 then 100 else {{ score }} end
{%- endmacro %}
