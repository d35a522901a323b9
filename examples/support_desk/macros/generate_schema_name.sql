{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ account_health.generate_schema_name(custom_schema_name, node) }}
{%- endmacro %}
