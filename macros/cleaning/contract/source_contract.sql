{# The contract of a source table, resolved against the columns that its file or table really has:
   {system, table, scan, key, clock, raw_names, columns: [{name, raw, family, type, rules}]}.
   Whoever asks for it gets a copy, whose scan may be narrowed. #}
{% macro source_contract(system, table) -%}
    {%- set known = remembered('source_contracts') -%}
    {%- if (system, table) not in known -%}
        {%- do known.update({(system, table): resolved_contract(system, table)}) -%}
    {%- endif -%}
    {{ return(dict(known[(system, table)])) }}
{%- endmacro %}
