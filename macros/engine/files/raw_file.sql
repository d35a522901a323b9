{# The file or folder of files of a source table under its source's folder, in any loader's spelling;
   none when there is none. #}
{% macro raw_file(source_node) -%}
    {%- set folder = source_node.source_meta['folder'] -%}
    {%- set files = raw_files(folder) -%}
    {%- set formats = ['.parquet', '/', '.csv', '.csv.gz'] -%}
    {%- if setting('source_format') == 'csv' -%}
        {%- set formats = ['.csv', '.csv.gz', '.parquet', '/'] -%}
    {%- endif -%}
    {%- for format in formats -%}
        {%- for identifier in [source_node.identifier] + source_node.meta.get('identifiers', []) -%}
            {%- set wanted = (identifier ~ format) | lower -%}
            {%- for lower_path, relative_path in files.items() -%}
                {%- if lower_path == wanted -%}
                    {{ return(folder ~ '/' ~ relative_path) }}
                {%- elif format == '/' and lower_path.startswith(wanted) and lower_path.endswith('.parquet') -%}
                    {{ return(folder ~ '/' ~ relative_path.split('/')[0] ~ '/*.parquet') }}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}
