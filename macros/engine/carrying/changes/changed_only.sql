{# Narrows rows to the keys that a build has to work out again: those that `changes`, a model of one
   column, holds; nothing but all of them where no warehouse is carried on. #}
{% macro changed_only(changes, column) -%}
    {#- Referred to while parsing alone: a unit test of a full build has no changes to give. A metric reads
        facts that have waited for the changes. -#}
    {%- if not execute and model.fqn[1] != 'metrics' -%} {%- do ref(changes) -%} {%- endif -%}
    {%- if carried_database() -%}
    where {{ changed_condition({column: changes}) }}
    {%- endif -%}
{%- endmacro %}
