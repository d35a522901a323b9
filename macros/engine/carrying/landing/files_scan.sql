{# The scan of some files of a raw table, which a query names relative to the folder of its system. #}
{% macro files_scan(contract, query) -%}
    {%- set paths = [] -%}
    {%- for row in run_query(query ~ " order by file") -%}
        {%- do paths.append("'" ~ (contract.folder ~ '/' ~ row[0]).replace("'", "''") ~ "'") -%}
    {%- endfor -%}
    {{ return("read_parquet([" ~ paths | join(', ') ~ "], union_by_name = true)") }}
{%- endmacro %}
