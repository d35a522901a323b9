{# The hash of the columns by which a kept staging table is replaced: of its raw rows, or, with `staged`,
   of its own rows. The config `landed_by` names the columns of the raw key and how the table calls them. #}
{% macro landed_group(contract, landed_by, staged=false) -%}
    {%- set parts = [] -%}
    {%- for name, staged_name in landed_by.items() -%}
        {%- if staged -%} {%- do parts.append(staged_name) -%}
        {%- else -%} {%- do parts.append(contract_value(contract.columns | selectattr('name', 'eq', name) | first)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(key_hash(parts)) }}
{%- endmacro %}
