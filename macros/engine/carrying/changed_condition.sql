{# Whether a row's key is one of those that changed, as a condition; `kept_by` is a column and the model
   of its changed values. #}
{% macro changed_condition(kept_by) -%}
    {%- for column, changes in kept_by.items() -%}
        {{ column }} in (select {{ column }} from {{ relation_of(changes) }})
    {%- endfor -%}
{%- endmacro %}
