{# A model of this project by its name, for macros that run outside of any model's own references. #}
{% macro relation_of(name) -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.name == name -%}
        {{ return(api.Relation.create(
            database=node.database, schema=node.schema, identifier=node.alias
        )) }}
    {%- endfor -%}
{%- endmacro %}
