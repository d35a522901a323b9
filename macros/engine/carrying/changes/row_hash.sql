{# A number that stands for all values of a row of a CTE or table, to compare rows by. #}
{% macro row_hash(name) -%}
    {{ return(adapter.dispatch('row_hash', 'account_health')(name)) }}
{%- endmacro %}

{% macro default__row_hash(name) -%}
    {{ exceptions.raise_compiler_error(
        "Carrying a warehouse on needs DuckDB; unset HEALTH_CARRIED_DB to build everything anew."
    ) }}
{%- endmacro %}

{% macro duckdb__row_hash(name) -%} hash({{ name }}) {%- endmacro %}
