{# Narrows the suspect rows of a raw table, settled in a model, to those of the keys that quarantine takes
   anew; nothing but all of them where no warehouse is carried on. #}
{% macro landed_rejects(system, table) -%}
    {%- do source(system, table) -%}
    {%- if execute and config.get('incremental_strategy') == 'landed_rejects' -%}
        {%- set contract = source_contract(system, table) -%}
        {%- set state = rejects_state(contract) -%}
        {%- if state.mode == 'unchanged' -%} where 1 = 0
        {%- elif state.mode == 'added' -%} where row_key in (select {{ landed_key(contract) }} from {{ state.added }})
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
