{# Selects these columns, a dictionary of names and types, of all rows that a model has in the carried
   warehouse; no rows where no warehouse is carried on. #}
{% macro carried_rows(name, columns) -%}
    {%- if carried_database() -%}
    {%- set relation = relation_of(name) -%}
    select {{ columns.keys() | join(', ') }}
    from {{ carried_database() }}.{{ relation.schema }}.{{ relation.identifier }}
    {%- else -%}
    select
        {%- for column, type in columns.items() %}
        cast(null as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where 1 = 0
    {%- endif -%}
{%- endmacro %}
