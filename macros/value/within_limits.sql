{# Whether a number lies from a row's lower limit up to, and not at, its upper one. An open limit is null
   and holds back nothing, not even a number that is not known. #}
{% macro within_limits(number, relation, lower, upper) -%}
    (
        coalesce({{ number }} >= {{ relation }}.{{ lower }}, {{ relation }}.{{ lower }} is null)
        and coalesce({{ number }} < {{ relation }}.{{ upper }}, {{ relation }}.{{ upper }} is null)
    )
{%- endmacro %}
