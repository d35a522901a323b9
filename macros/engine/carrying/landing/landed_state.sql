{# What became of a raw table since the carried warehouse was built: `unchanged`; `added` where files came
   and none went, with a scan of the new ones; else `whole`. Beside the files it asks what else a staged
   row depends on: kept first loads, erased people, and which raw column means what. #}
{% macro landed_state(contract) -%}
    {%- set known = remembered('landed_states') -%}
    {%- if (contract.system, contract.table) not in known -%}
        {%- do known.update({(contract.system, contract.table): found_landed_state(contract)}) -%}
    {%- endif -%}
    {{ return(known[(contract.system, contract.table)]) }}
{%- endmacro %}
