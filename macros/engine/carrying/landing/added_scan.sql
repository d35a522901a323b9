{# The scan of the new files of a raw table to which files were added, or none where the old ones cannot
   be read as they were: they are no Parquet files, or a column now means another. #}
{% macro added_scan(contract) -%}
    {%- if not (contract.scan or '').startswith('read_parquet') -%} {{ return(none) }} {%- endif -%}
    {%- set table = "source_system = '" ~ contract.system ~ "' and source_table = '" ~ contract.table ~ "'" -%}
    {%- set old_scan = files_scan(contract,
        "select file from " ~ carried_database() ~ ".landing.files where " ~ table) -%}
    {%- set describe = "select column_name, column_type from (describe select * from " -%}
    {%- if run_query(describe ~ old_scan ~ ")").rows | map('list') | list
        != run_query(describe ~ contract.scan ~ ")").rows | map('list') | list -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(files_scan(contract, "select file from landing.added_files where " ~ table)) }}
{%- endmacro %}
