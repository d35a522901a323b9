{# What finds a raw row again in a later scan: its position where the engine knows one, else the hash
   of its key. A position saves reading and hashing the keys of the whole table again. #}
{% macro row_locator(scan, key_hash) -%}
    {{ return(adapter.dispatch('row_locator')(scan, key_hash)) }}
{%- endmacro %}

{% macro default__row_locator(scan, key_hash) -%} {{ key_hash }} {%- endmacro %}

{% macro duckdb__row_locator(scan, key_hash) -%}
    {%- if scan == 'landed_rows' -%} row_locator
    {%- elif not scan.startswith('read_parquet') -%} {{ key_hash }}
    {%- elif '*' in scan -%} cast(file_index as bigint) * {{ located_file() }} + file_row_number
    {%- else -%} file_row_number
    {%- endif -%}
{%- endmacro %}
