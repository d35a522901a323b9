{# What `source_contract` remembers. Stops with a message on what cannot be read. #}
{% macro resolved_contract(system, table) -%}
    {%- set node = source_node(system, table) -%}
    {%- set raw = raw_table(node) -%}
    {%- set columns = [] -%}
    {%- for column in node.columns.values() -%}
        {%- set rules = column.config.get('meta', {}) if column.config else column.meta -%}
        {%- set found = matching_column(column.name, rules.get('aliases', []), raw.columns if raw else []) -%}
        {%- if raw and rules.get('required') and found is none -%}
            {{ exceptions.raise_compiler_error(
                system ~ "." ~ table ~ ": the required column " ~ column.name ~ " is not in " ~ raw.location
                ~ " (found: " ~ raw.columns | map(attribute='name') | join(', ') ~ "). Add it to the export, or"
                ~ " add its other name to the column's aliases in models/staging/" ~ system ~ "/_" ~ system
                ~ "__sources.yml."
            ) }}
        {%- endif -%}
        {%- set family = type_family(found.data_type) if found else none -%}
        {%- if found and not is_castable(family, column.data_type, rules.get('json', false)) -%}
            {{ exceptions.raise_compiler_error(
                system ~ "." ~ table ~ ": the column " ~ found.name ~ " in " ~ raw.location ~ " is "
                ~ found.data_type ~ ", which cannot become " ~ column.name ~ " of type " ~ column.data_type
                ~ ". Export it as " ~ column.data_type ~ ", or correct data_type in models/staging/" ~ system
                ~ "/_" ~ system ~ "__sources.yml."
            ) }}
        {%- endif -%}
        {%- do columns.append({
            'name': column.name, 'raw': found.name if found else none, 'family': family,
            'type': column.data_type, 'rules': rules,
        }) -%}
    {%- endfor -%}
    {%- set keys = [] -%}
    {%- for name in node.meta['key'] -%}
        {%- do keys.append(contract_value(columns | selectattr('name', 'eq', name) | first)) -%}
    {%- endfor -%}
    {{ return({
        'system': system, 'table': table, 'columns': columns, 'key': node.meta['key'],
        'clock': node.meta.get('loaded_at'), 'event_at': node.meta.get('event_at', []),
        'soft_delete': node.meta.get('soft_delete', []), 'kept_when': node.meta.get('deleted_but_kept_when'),
        'scan': raw.scan if raw else none, 'is_optional': node.meta.get('optional', true),
        'folder': node.source_meta.get('folder', node.schema),
        'key_hash': key_hash(keys),
        'erased': erased_subjects() if columns | selectattr('rules.subject', 'defined') | list else {},
        'names': columns | map(attribute='name') | reject('eq', node.meta.get('loaded_at')) | list,
        'raw_names': raw.columns | map(attribute='name') | list if raw else [],
    }) }}
{%- endmacro %}
