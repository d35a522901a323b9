{# Whether values of a raw type family can mean the contract's type at all. #}
{% macro is_castable(family, data_type, is_json) -%}
    {%- if family == 'nested' -%} {{ return(is_json) }} {%- endif -%}
    {%- set refused = {
        'opaque': ['varchar', 'boolean', 'integer', 'bigint', 'double', 'date', 'timestamp'],
        'json': ['boolean', 'integer', 'bigint', 'double', 'date', 'timestamp'],
        'boolean': ['double', 'date', 'timestamp'],
        'date': ['boolean', 'integer', 'bigint', 'double'],
        'timestamp': ['boolean', 'integer', 'bigint', 'double'],
        'timestamptz': ['boolean', 'integer', 'bigint', 'double'],
    } -%}
    {{ return(data_type not in refused.get(family, [])) }}
{%- endmacro %}
