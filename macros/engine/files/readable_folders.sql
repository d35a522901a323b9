{# The folders that a build may read: those of the declared sources, of the seeds, and HEALTH_ALLOWED_DIRS
   (divided by `:`, for files that a source declares in another way). #}
{% macro readable_folders() -%}
    {%- set folders = [] -%}
    {%- for source_node in graph.sources.values() -%}
        {%- set location = source_node.meta.get('external_location')
            or source_node.source_meta.get('external_location', '') -%}
        {%- if source_node.source_meta.get('folder') -%}
            {%- do folders.append(source_node.source_meta['folder']) -%}
        {%- elif location and '(' not in location -%}
            {%- do folders.append(modules.re.split('[{*?[]', location)[0].rpartition('/')[0] or '.') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'seed' -%}
        {%- do folders.append(node.root_path ~ '/' ~ node.original_file_path.rpartition('/')[0]) -%}
    {%- endfor -%}
    {%- for folder in env_var('HEALTH_ALLOWED_DIRS', '').split(':') if folder -%}
        {%- do folders.append(folder) -%}
    {%- endfor -%}
    {{ return(folders | unique | sort | list) }}
{%- endmacro %}
