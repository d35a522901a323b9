{# A date as whole milliseconds since 1970 of its midnight in UTC. #}
{% macro epoch_milliseconds(date) -%}
    cast({{ days_between("cast('1970-01-01' as date)", date) }} as bigint) * 86400000
{%- endmacro %}
