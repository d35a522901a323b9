{# Selects these columns of the rows that a table holds and the carried warehouse did not, or the other
   way round; `compared` are the columns that count, if not all. Of a table that keeps its rows, only
   those that this build has replaced can differ. Of another, rows are set against each other only in
   parts that differ by a sum: most parts of a large table are the same, and sums cost little. A new date
   is in all parts of a table by account and date.
   Without a carried warehouse nothing is compared, and nothing is selected. #}
{% macro changed_rows(relation, columns, compared=none) -%}
    {%- set carried = carried_database() -%}
    {%- if carried is none -%}
    select {{ columns | join(', ') }}
    from {{ relation }}
    where 1 = 0
    {%- else -%}
    {%- set name = relation.identifier -%}
    {%- set sides = {1: relation, -1: carried ~ '.' ~ relation.schema ~ '.' ~ name} -%}
    {%- set row_hash = key_hash(compared) if compared else row_hash(name) -%}
    {%- set condition = replaced_condition(name) -%}
    {%- if condition == '1 = 1' and 'as_of_date' not in columns -%}
    {%- set part = table_part(columns) -%}
    {%- set condition = part ~ ' in (select part from changed_parts)' -%}
    with changed_parts as materialized (
        select part
        from (
            {%- for side, table in sides.items() %}
            select {{ part }} as part, sum({{ row_hash }}) as total
            from {{ table }} as {{ name }}
            group by part
            {{- ' union all' if not loop.last }}
            {%- endfor %}
        )
        group by part, total
        having count(*) = 1
    )
    {% endif -%}
    select {{ columns | join(', ') }}
    from (
        {%- for side, table in sides.items() %}
        select {{ columns | join(', ') }}, {{ row_hash }} as row_hash, {{ side }} as side
        from {{ table }} as {{ name }}
        where {{ condition }}
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    )
    group by {{ columns | join(', ') }}, row_hash
    having sum(side) != 0
    {%- endif -%}
{%- endmacro %}
