{# The domain of an e-mail address in lower case; null where there is no @. #}
{% macro email_domain(expression) -%}
    nullif(split_part(lower(trim({{ expression }})), '@', 2), '')
{%- endmacro %}
