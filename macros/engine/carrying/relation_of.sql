{# A model of this project by its name, for macros that run outside of any model's own references. #}
{% macro relation_of(name) -%}
    {%- set node = graph.nodes['model.account_health.' ~ name] -%}
    {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) }}
{%- endmacro %}
