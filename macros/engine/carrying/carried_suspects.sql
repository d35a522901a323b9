{# The scan of the raw rows that may be suspect: of a carried warehouse, the rows of the keys that were
   suspect before or occur in new files. A row of any other key is alone with it and broke no rule. Rows
   are located anew, because a new file moves the others' places. #}
{% macro carried_suspects(contract) -%}
    {%- set state = landed_state(contract) -%}
    {%- if state.mode == 'whole' -%} {{ return(contract.scan) }} {%- endif -%}
    {%- set locator = row_locator(contract.scan, contract.key_hash) -%}
    {{ return(
        "(select *, " ~ locator ~ " as row_locator from " ~ contract.scan ~ " where " ~ contract.key_hash
        ~ " in (select " ~ key_hash(contract.key) ~ " from " ~ carried_database() ~ "." ~ this.schema ~ "."
        ~ this.identifier ~ (" union all select " ~ contract.key_hash ~ " from " ~ state.added if state.added)
        ~ "))"
    ) }}
{%- endmacro %}
