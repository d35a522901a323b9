{# Which rows of a model a build may have replaced, as a condition: all of them, but for a model that
   keeps its rows by key. #}
{% macro replaced_condition(name) -%}
    {%- set found = {'condition': '1 = 1'} -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.name == name
        and node.config.materialized == 'incremental' -%}
        {%- if node.config.incremental_strategy == 'landed_groups' -%}
            {%- do found.update({'condition': landed_condition(node)}) -%}
        {%- elif node.config.incremental_strategy == 'changed_keys' -%}
            {%- do found.update({'condition': changed_condition(node.config.meta.kept_by)}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found.condition) }}
{%- endmacro %}
