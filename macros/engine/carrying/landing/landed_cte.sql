{# The CTE of the few rows that are read of a raw table, found once for all steps; nothing where all are. #}
{% macro landed_cte(contract) -%}
    {%- if contract.landed_rows -%}
    landed_rows as (

        {{ contract.landed_rows }}

    ),
    {%- endif -%}
{%- endmacro %}
