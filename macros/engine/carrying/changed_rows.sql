{# Selects these columns of the rows that a table holds and the carried warehouse did not, or the other
   way round; `compared` are the columns that count, if not all. Of a table that keeps its rows, only
   those that this build has replaced can differ.
   Without a carried warehouse nothing is compared, and nothing is selected. #}
{% macro changed_rows(relation, columns, compared=none) -%}
    {%- set carried = carried_database() -%}
    {%- if carried is none -%}
    select {{ columns | join(', ') }}
    from {{ relation }}
    where 1 = 0
    {%- else -%}
    {%- set name = relation.identifier -%}
    {%- set condition = replaced_condition(name) -%}
    {%- set row_hash = key_hash(compared) if compared else row_hash(name) -%}
    select {{ columns | join(', ') }}
    from (
        select {{ columns | join(', ') }}, {{ row_hash }} as row_hash, 1 as side
        from {{ relation }} as {{ name }}
        where {{ condition }}
        union all
        select {{ columns | join(', ') }}, {{ row_hash }} as row_hash, -1 as side
        from {{ carried }}.{{ relation.schema }}.{{ name }} as {{ name }}
        where {{ condition }}
    )
    group by {{ columns | join(', ') }}, row_hash
    having sum(side) != 0
    {%- endif -%}
{%- endmacro %}
