{# What to select the kept first loads of a raw table from, or none where none of its rows was ever
   overwritten: most tables then are spared a join. #}
{% macro kept_first_loads(contract) -%}
    {%- if not contract.clock -%} {{ return(none) }} {%- endif -%}
    {%- set raw = raw_table(source_node('derived', 'first_loads')) -%}
    {%- if raw is none -%} {{ return(none) }} {%- endif -%}
    {%- set found = run_query(
        "select count(*) from " ~ raw.scan ~ " where source_system = '" ~ contract.system
        ~ "' and source_table = '" ~ contract.table ~ "'"
    ).columns[0].values()[0] -%}
    {{ return(raw.scan if found else none) }}
{%- endmacro %}
