{# The declared source table, with its contract as metadata. #}
{% macro source_node(system, table) -%}
    {%- set unique_id = 'source.' ~ project_name ~ '.' ~ system ~ '.' ~ table -%}
    {%- if unique_id not in graph.sources -%}
        {{ exceptions.raise_compiler_error(
            system ~ "." ~ table ~ " is not declared; add it to models/staging/" ~ system ~ "/_" ~ system
            ~ "__sources.yml"
        ) }}
    {%- endif -%}
    {{ return(graph.sources[unique_id]) }}
{%- endmacro %}
