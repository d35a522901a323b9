{# Takes out what lies under a name, at the head of the statement that puts something else there: one trip
   to the engine, where dbt's own way is two and a macro. #}
{% macro drop_before(existing_relation) -%}
    {%- if existing_relation -%}
        {%- do adapter.cache_dropped(existing_relation) -%}
        drop {{ existing_relation.type }} if exists {{ existing_relation }} cascade;
    {%- endif -%}
{%- endmacro %}
