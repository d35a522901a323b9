{# The family of a database type, whatever the engine calls it: what the cleaning of a column depends on. #}
{% macro type_family(data_type) -%}
    {%- set name = data_type | lower | trim -%}
    {%- if name.endswith(']') or name.startswith(('struct', 'map', 'array', 'list', 'union', 'row(')) -%}
        {{ return('nested') }}
    {%- elif name.startswith(('blob', 'bytea', 'binary', 'bit', 'interval', 'time ')) or name == 'time' -%}
        {{ return('opaque') }}
    {%- elif name.startswith('json') -%}
        {{ return('json') }}
    {%- elif name.startswith('timestamp') and ('with time zone' in name or 'tz' in name) -%}
        {{ return('timestamptz') }}
    {%- elif name.startswith(('timestamp', 'datetime')) -%}
        {{ return('timestamp') }}
    {%- elif name == 'date' -%}
        {{ return('date') }}
    {%- elif name.startswith('bool') -%}
        {{ return('boolean') }}
    {%- elif name.startswith(('decimal', 'numeric')) -%}
        {{ return('decimal') }}
    {%- elif name.startswith(('double', 'float', 'real')) -%}
        {{ return('float') }}
    {%- elif 'int' in name or name in ('long', 'short', 'byte') -%}
        {{ return('integer') }}
    {%- endif -%}
    {{ return('text') }}
{%- endmacro %}
