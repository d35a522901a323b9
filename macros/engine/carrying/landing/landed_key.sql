{# The key of a raw row as quarantine writes it. #}
{% macro landed_key(contract) -%}
    {%- set parts = [] -%}
    {%- for name in contract.key -%}
        {%- set value = contract_value(contract.columns | selectattr('name', 'eq', name) | first) -%}
        {%- do parts.append("coalesce(cast(" ~ value ~ " as " ~ dbt.type_string() ~ "), '')") -%}
    {%- endfor -%}
    {{ return(parts | join(" || '|' || ")) }}
{%- endmacro %}
