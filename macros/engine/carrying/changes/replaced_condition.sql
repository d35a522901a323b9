{# Which rows of a model a build may have replaced, as a condition: all of them, but for a model that
   keeps its rows by key. #}
{% macro replaced_condition(name) -%}
    {%- set node = graph.nodes.get('model.account_health.' ~ name) -%}
    {%- if not node or node.config.materialized != 'incremental' -%} 1 = 1
    {%- elif node.config.incremental_strategy == 'landed_groups' -%} {{ landed_condition(node) }}
    {%- elif node.config.incremental_strategy == 'changed_keys' -%} {{ changed_condition(node.config.meta.kept_by) }}
    {%- else -%} 1 = 1
    {%- endif -%}
{%- endmacro %}
