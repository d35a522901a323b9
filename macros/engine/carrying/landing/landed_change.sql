{# The first day of which a raw table holds other rows than the carried warehouse was built from, as a
   date or null. For a table that no model stores; a refresh writes down what has landed. #}
{% macro landed_change(system, table) -%}
    {%- set changed_from = none -%}
    {%- if carried_database() -%}
        {%- set changed_from = run_query(
            "select min(changed_from) from landing.changed_tables where source_system = '" ~ system
            ~ "' and source_table = '" ~ table ~ "'"
        ).columns[0].values()[0] -%}
    {%- endif -%}
    {%- if changed_from is none -%} cast(null as date)
    {%- else -%} cast('{{ changed_from }}' as date)
    {%- endif -%}
{%- endmacro %}
