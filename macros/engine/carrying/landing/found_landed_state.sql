{# What `landed_state` remembers: it compares the files of a raw table with those that the carried warehouse
   was built from. #}
{% macro found_landed_state(contract) -%}
    {%- set whole = {'mode': 'whole', 'added': none} -%}
    {%- if contract.scan is none or carried_database() is none -%} {{ return(whole) }} {%- endif -%}
    {%- set table = "source_system = '" ~ contract.system ~ "' and source_table = '" ~ contract.table ~ "'" -%}
    {%- set derived = "select * from landing.derived where name in ('" ~ contract.system ~ "." ~ contract.table ~ "'"
        ~ (", 'erased_subjects'" if contract.columns | selectattr('rules.subject', 'defined') | list) ~ ")" -%}
    {%- set carried_derived = derived | replace('landing.', carried_database() ~ '.landing.') -%}
    {%- set found = run_query(
        "select (select count(*) from " ~ carried_database() ~ ".landing.files where " ~ table ~ ")"
        ~ ", (select count(*) from ((" ~ derived ~ " except " ~ carried_derived ~ ") union all ("
        ~ carried_derived ~ " except " ~ derived ~ ")))"
        ~ ", (select count(*) from landing.changed_tables where " ~ table ~ ")"
        ~ ", (select max(mode) from landing.states where " ~ table ~ ")"
    )[0] -%}
    {%- if found[0] == 0 or found[1] -%} {{ return(whole) }} {%- endif -%}
    {%- if not found[2] -%} {{ return({'mode': 'unchanged', 'added': none}) }} {%- endif -%}
    {%- if found[3] != 'added' -%} {{ return(whole) }} {%- endif -%}
    {{ return({
        'mode': 'added', 'added': files_scan(contract, "select file from landing.added_files where " ~ table)
    }) }}
{%- endmacro %}
