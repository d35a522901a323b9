{# A model by its name, for macros that run outside of any model's own references: of this project, or of
   one that has put its own model in the place of ours. #}
{% macro relation_of(name) -%}
    {%- set found = [graph.nodes.get('model.account_health.' ~ name)] | select | list -%}
    {%- if not found -%}
        {%- set found = graph.nodes.values() | selectattr('resource_type', 'eq', 'model')
            | selectattr('name', 'eq', name) | list -%}
    {%- endif -%}
    {{ return(api.Relation.create(
        database=found[0].database, schema=found[0].schema, identifier=found[0].alias
    )) }}
{%- endmacro %}
