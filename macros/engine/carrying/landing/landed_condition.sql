{# Which rows of a kept staging table this build replaces, as a condition: none, those of the groups that
   occur in new files, or all. #}
{% macro landed_condition(node) -%}
    {%- set contract = landed_table(node) -%}
    {%- set state = landed_state(contract) -%}
    {%- set landed_by = node.config.meta.landed_by -%}
    {%- if state.mode == 'unchanged' -%} 1 = 0
    {%- elif state.mode == 'whole' -%} 1 = 1
    {%- else -%}
        {{ landed_group(contract, landed_by, staged=true) }} in (
            select {{ landed_group(contract, landed_by) }} from {{ state.added }}
        )
    {%- endif -%}
{%- endmacro %}
