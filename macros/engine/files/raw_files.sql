{# The files under a folder of raw tables: their paths relative to it, by the same in lower case. #}
{% macro raw_files(folder) -%}
    {%- set known = remembered('raw_files') -%}
    {%- if folder not in known -%}
        {%- set files = {} -%}
        {%- for row in run_query("select file from glob('" ~ folder.replace("'", "''") ~ "/**') order by file") -%}
            {%- set relative_path = row[0][folder | length + 1:] -%}
            {%- do files.update({relative_path | lower: relative_path}) -%}
        {%- endfor -%}
        {%- do known.update({folder: files}) -%}
    {%- endif -%}
    {{ return(known[folder]) }}
{%- endmacro %}
