{# Whether a rating is positive: good, or one of the two best of five. Null for one only offered. #}
{% macro is_positive_csat(score) -%}
    case when {{ score }} in ('good', '4', '5') then true when {{ score }} in ('bad', '1', '2', '3') then false end
{%- endmacro %}
