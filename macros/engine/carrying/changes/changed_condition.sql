{# Whether a row has one of the keys that changed, as a condition; `kept_by` names columns, each with the
   model of its changed values, and one of them is enough. The first column of such a model stands for a
   column that the model calls otherwise. #}
{% macro changed_condition(kept_by) -%}
    {%- for column, changes in kept_by.items() -%}
        {%- set known = (graph.nodes.values() | selectattr('name', 'eq', changes) | first).columns -%}
        {%- set name = column.split('.')[-1] -%}
        {{ column }} in (
            select changes.{{ name if name in known else known | first }} from {{ relation_of(changes) }} as changes
        )
        {{- ' or ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
