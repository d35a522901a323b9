{# The engine's name of a type of the source contract. #}
{% macro contract_type(data_type) -%}
    {%- if data_type == 'varchar' -%} {{ dbt.type_string() }}
    {%- elif data_type == 'double' -%} {{ type_double() }}
    {%- else -%} {{ data_type }}
    {%- endif -%}
{%- endmacro %}
