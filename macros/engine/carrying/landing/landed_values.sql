{# Selects the values that columns of a staged table have, or had in the carried warehouse, in the rows that
   this build replaces; few more than changed. What came in new files is read from them, which spares
   comparing a large table. Once people were erased, whose rows left the carried warehouse too, every row of
   a table that may name them counts. Without a carried warehouse nothing is selected. #}
{% macro landed_values(relation, columns) -%}
    {%- set node = graph.nodes.get('model.account_health.' ~ relation.identifier) if carried_database() -%}
    {%- set is_grouped = node and node.config.incremental_strategy == 'landed_groups' -%}
    {%- set contract = landed_table(node) if is_grouped -%}
    {%- set state = landed_state(contract) if is_grouped else {'mode': 'whole'} -%}
    {%- set landed_by = node.config.meta.landed_by if is_grouped else {} -%}
    {%- if state.mode == 'whole' and node and was_erased(landed_table(node)) -%}
    select {{ columns | join(', ') }}
    from {{ relation }}
    union distinct
    select {{ columns | join(', ') }}
    from {{ carried_database() }}.{{ relation.schema }}.{{ relation.identifier }}
    {%- elif state.mode != 'added' or landed_by | length != 1 -%}
    {{ changed_rows(relation, columns) }}
    {%- else -%}
    {%- set raw_key, key = (landed_by.items() | list)[0] -%}
    {%- set new_keys = "select " ~ contract_value(contract.columns | selectattr('name', 'eq', raw_key) | first)
        ~ " from " ~ state.added -%}
    {%- if columns == [key] -%}
    select distinct {{ key }}
    from ({{ new_keys }}) as landed ({{ key }})
    where {{ key }} is not null
    {%- else -%}
    select {{ columns | join(', ') }}
    from {{ relation }}
    where {{ key }} in ({{ new_keys }})
    union distinct
    select {{ columns | join(', ') }}
    from {{ carried_database() }}.{{ relation.schema }}.{{ relation.identifier }}
    where {{ key }} in ({{ new_keys }})
    {%- endif -%}
    {%- endif -%}
{%- endmacro %}
