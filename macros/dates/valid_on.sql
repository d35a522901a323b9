{# True where a date lies in the half-open validity of a row; a null end is open. #}
{% macro valid_on(date_expression, relation, starts='valid_from', ends='valid_to') -%}
    (
        ({{ relation }}.{{ starts }} is null or {{ date_expression }} >= {{ relation }}.{{ starts }})
        and ({{ relation }}.{{ ends }} is null or {{ date_expression }} < {{ relation }}.{{ ends }})
    )
{%- endmacro %}
