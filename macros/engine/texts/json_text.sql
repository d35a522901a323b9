{# The text of one key of a JSON text; null where the text is not JSON. #}
{% macro json_text(expression, key) -%}
    {{ return(adapter.dispatch('json_text')(expression, key)) }}
{%- endmacro %}

{% macro default__json_text(expression, key) -%}
    get_json_object({{ expression }}, '$.{{ key }}')
{%- endmacro %}

{% macro duckdb__json_text(expression, key) -%}
    case when json_valid({{ expression }}) then json_extract_string({{ expression }}, '$.{{ key }}') end
{%- endmacro %}

{# Postgres 15 cannot ask whether a text is JSON; a text in braces is taken to be. #}
{% macro postgres__json_text(expression, key) -%}
    case when {{ expression }} like '{' || '%' || '}' then cast({{ expression }} as jsonb) ->> '{{ key }}' end
{%- endmacro %}
