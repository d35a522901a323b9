{#
    An expression that uses a costly value under a name, several times. DuckDB computes the value
    once per row; elsewhere the name is replaced by the value's expression.
#}
{% macro bind_value(name, value, expression) -%}
    {{ return(adapter.dispatch('bind_value')(name, value, expression)) }}
{%- endmacro %}

{% macro default__bind_value(name, value, expression) -%}
    {{ expression | replace(name, '(' ~ value ~ ')') }}
{%- endmacro %}

{% macro duckdb__bind_value(name, value, expression) -%}
    list_transform([{{ value }}], lambda {{ name }}: {{ expression }})[1]
{%- endmacro %}
