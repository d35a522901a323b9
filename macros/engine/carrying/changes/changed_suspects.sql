{# The rows of a model of suspect rows that differ from the carried warehouse, in the places where they
   may move something: a key of the source and a day. Where a row lies in its file does not count. #}
{% macro changed_suspects(suspects, source_key, event_at) -%}
    {%- if carried_database() is none -%}
    select
        cast(null as {{ dbt.type_string() }}) as source_key,
        cast(null as date) as affected_from
    where 1 = 0
    {%- else -%}
    {%- set relation = relation_of(suspects) -%}
    {%- set compared = adapter.get_columns_in_relation(relation) | map(attribute='name')
        | reject('eq', 'row_locator') | list -%}
    select
        {{ source_key }} as source_key,
        {{ add_days('cast(' ~ event_at ~ ' as date)', -1) }} as affected_from
    from ({{ changed_rows(relation, [source_key, event_at], compared) }})
    where {{ source_key }} is not null and {{ event_at }} is not null
    {%- endif -%}
{%- endmacro %}
