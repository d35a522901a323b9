{# Whether a row has one of the keys that changed, as a condition; `kept_by` names columns, each with the
   model of its changed values, and one of them is enough. Such a model has one column. #}
{% macro changed_condition(kept_by) -%}
    {%- for column, changes in kept_by.items() -%}
        {%- set node = graph.nodes.values() | selectattr('name', 'eq', changes) | first -%}
        {{ column }} in (select changes.{{ node.columns | first }} from {{ relation_of(changes) }} as changes)
        {{- ' or ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
