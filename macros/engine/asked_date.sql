{# A date that the reader of a view has set for the session (DuckDB: `set variable health_since_date =
   date '2025-06-29'`), or null. An engine without such a thing is never asked. #}
{% macro asked_date(name) -%}
    {{ return(adapter.dispatch('asked_date')(name)) }}
{%- endmacro %}

{% macro default__asked_date(name) -%}
    cast(null as date)
{%- endmacro %}

{% macro duckdb__asked_date(name) -%}
    cast(getvariable('health_{{ name }}') as date)
{%- endmacro %}
