{# From when to when a version of a snapshot stood, and which of its record's versions it is. #}
{% macro snapshot_span(key) -%}
    {{ reporting_date('dbt_valid_from') }} as valid_from,
    {{ reporting_date('dbt_valid_to') }} as valid_to,
    row_number() over (
        partition by {{ key }}
        order by dbt_valid_from
    ) as version_number
{%- endmacro %}
