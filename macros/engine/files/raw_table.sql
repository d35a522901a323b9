{# Where a source table's rows are and which columns they really have: none when it is absent, else
   {scan, location, columns: [{name, data_type}]}. #}
{% macro raw_table(source_node) -%}
    {%- set known = remembered('raw_tables') -%}
    {%- if source_node.unique_id not in known -%}
        {%- do known.update({source_node.unique_id: adapter.dispatch('raw_table')(source_node)}) -%}
    {%- endif -%}
    {{ return(known[source_node.unique_id]) }}
{%- endmacro %}

{% macro default__raw_table(source_node) -%}
    {%- for identifier in [source_node.identifier] + source_node.meta.get('identifiers', []) -%}
        {%- set relation = adapter.get_relation(
            database=source_node.database, schema=source_node.schema, identifier=identifier
        ) -%}
        {%- if relation is not none -%}
            {%- set columns = [] -%}
            {%- for column in adapter.get_columns_in_relation(relation) -%}
                {%- do columns.append({'name': column.name, 'data_type': column.dtype}) -%}
            {%- endfor -%}
            {{ return({'scan': relation, 'location': relation | string, 'columns': columns}) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}

{% macro duckdb__raw_table(source_node) -%}
    {%- set location = raw_file(source_node) -%}
    {%- if location is none -%} {{ return(none) }} {%- endif -%}
    {%- set path = location.replace("'", "''") -%}
    {%- set size = run_query("select min(size) from read_blob('" ~ path ~ "')").columns[0].values()[0] -%}
    {%- if size == 0 -%}
        {{ exceptions.raise_compiler_error(
            source_node.source_name ~ "." ~ source_node.name ~ ": the file " ~ location
            ~ " is empty (0 bytes), so its columns cannot be read. Export it again, or remove it to build"
            ~ " without this table."
        ) }}
    {%- endif -%}
    {#- CSV is read as text alone: a sniffed type would fail on the first bad value, not reject it. -#}
    {%- if location.endswith('.parquet') -%}
        {%- set scan = "read_parquet('" ~ path ~ "'" ~ (", union_by_name = true)" if '*' in path else ")") -%}
    {%- else -%}
        {%- set scan = "read_csv('" ~ path ~ "', all_varchar = true, header = true)" -%}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for row in run_query("describe select * from " ~ scan) -%}
        {%- do columns.append({'name': row[0], 'data_type': row[1]}) -%}
    {%- endfor -%}
    {{ return({'scan': scan, 'location': location, 'columns': columns}) }}
{%- endmacro %}
