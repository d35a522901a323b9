{# A nested value (struct, map, list) as JSON text. #}
{% macro nested_text(expression) -%}
    {{ return(adapter.dispatch('nested_text')(expression)) }}
{%- endmacro %}

{% macro default__nested_text(expression) -%}
    cast(to_json({{ expression }}) as {{ dbt.type_string() }})
{%- endmacro %}
