{# A label as lower snake case: trimmed, every run of other characters one underscore. #}
{% macro snake_case(expression) -%}
    {{ return(adapter.dispatch('snake_case')(expression)) }}
{%- endmacro %}

{% macro default__snake_case(expression) -%}
    nullif(trim(both '_' from regexp_replace(lower({{ expression }}), '[^a-z0-9]+', '_', 'g')), '')
{%- endmacro %}

{% macro duckdb__snake_case(expression) -%}
    nullif(trim(regexp_replace(lower({{ expression }}), '[^a-z0-9]+', '_', 'g'), '_'), '')
{%- endmacro %}

{% macro spark__snake_case(expression) -%}
    nullif(trim(both '_' from regexp_replace(lower({{ expression }}), '[^a-z0-9]+', '_')), '')
{%- endmacro %}
