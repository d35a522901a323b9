{# What a build has found out once and asks for again, by kind: a dictionary that all nodes share, since no
   file comes or goes while a build runs. #}
{% macro remembered(kind) -%}
    {{ return(graph.setdefault('remembered', {}).setdefault(kind, {})) }}
{%- endmacro %}
