{# Whether a text matches a regular expression anywhere. #}
{% macro matches_pattern(expression, pattern) -%}
    {{ return(adapter.dispatch('matches_pattern')(expression, pattern)) }}
{%- endmacro %}

{% macro default__matches_pattern(expression, pattern) -%} regexp_like({{ expression }}, '{{ pattern }}') {%- endmacro %}

{% macro duckdb__matches_pattern(expression, pattern) -%} regexp_matches({{ expression }}, '{{ pattern }}') {%- endmacro %}

{% macro postgres__matches_pattern(expression, pattern) -%} {{ expression }} ~ '{{ pattern }}' {%- endmacro %}
