{# The declared source table, with its contract as metadata; also where this project is a package. #}
{% macro source_node(system, table) -%}
    {%- set unique_id = 'source.account_health.' ~ system ~ '.' ~ table -%}
    {%- if unique_id not in graph.sources -%}
        {{ exceptions.raise_compiler_error(
            system ~ "." ~ table ~ " is not declared; add it to models/staging/" ~ system ~ "/_" ~ system
            ~ "__sources.yml"
        ) }}
    {%- endif -%}
    {{ return(graph.sources[unique_id]) }}
{%- endmacro %}
