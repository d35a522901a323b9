{#
    True where a date lies in the half-open validity of a row; a null end is open.
    Two plain comparisons and no OR: a left join on an OR is a nested loop over every pair of rows.
#}
{% macro valid_on(date_expression, relation, starts='valid_from', ends='valid_to') -%}
    (
        {{ date_expression }} >= coalesce({{ relation }}.{{ starts }}, {{ earliest_date() }})
        and {{ date_expression }} < coalesce({{ relation }}.{{ ends }}, {{ latest_date() }})
    )
{%- endmacro %}
