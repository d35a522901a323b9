{# What to read of a relation: all of it, or, of a carried warehouse, the model that holds its rows of the
   keys that changed. A large table is searched once for them, and not by each of its readers. #}
{% macro changed_part(relation, part) -%}
    {%- if not execute -%} {%- do ref(part) -%} {%- endif -%}
    {{ return(relation_of(part) if carried_database() else relation) }}
{%- endmacro %}
