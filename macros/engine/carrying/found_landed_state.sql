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
        ~ ", (select count(*) from landing.changed_tables where " ~ table ~ " and only_added)"
    )[0] -%}
    {%- if found[0] == 0 or found[1] or found[2] > found[3] -%} {{ return(whole) }} {%- endif -%}
    {%- if not found[2] -%} {{ return({'mode': 'unchanged', 'added': none}) }} {%- endif -%}
    {%- if not contract.scan.startswith('read_parquet') -%} {{ return(whole) }} {%- endif -%}
    {%- set new_scan = files_scan(contract, "select file from landing.added_files where " ~ table) -%}
    {%- set old_scan = files_scan(contract,
        "select file from " ~ carried_database() ~ ".landing.files where " ~ table) -%}
    {%- set describe = "select column_name, column_type from (describe select * from " -%}
    {%- if run_query(describe ~ old_scan ~ ")").rows | map('list') | list
        != run_query(describe ~ contract.scan ~ ")").rows | map('list') | list -%}
        {{ return(whole) }}
    {%- endif -%}
    {{ return({'mode': 'added', 'added': new_scan}) }}
{%- endmacro %}
