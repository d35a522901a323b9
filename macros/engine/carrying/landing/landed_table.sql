{# The contract of the raw table that a staging model is made of. #}
{% macro landed_table(node) -%}
    {%- for name in node.sources if name[0] != 'derived' -%}
        {{ return(source_contract(name[0], name[1])) }}
    {%- endfor -%}
{%- endmacro %}
