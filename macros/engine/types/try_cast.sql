{# A cast that gives null where the value does not fit; Postgres has none, so texts are matched first. #}
{% macro try_cast(expression, data_type) -%}
    {{ return(adapter.dispatch('try_cast')(expression, data_type)) }}
{%- endmacro %}

{% macro default__try_cast(expression, data_type) -%}
    try_cast({{ expression }} as {{ data_type }})
{%- endmacro %}

{% macro postgres__try_cast(expression, data_type) -%}
    {%- if 'timestamp' in data_type -%}
        {%- set pattern = '^\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)?(Z|[+-]\\d{2}(:?\\d{2})?)?$' -%}
    {%- elif data_type in ('integer', 'bigint') -%}
        {%- set pattern = '^[+-]?\\d{1,' ~ (9 if data_type == 'integer' else 18) ~ '}$' -%}
    {%- else -%}
        {%- set pattern = '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2})?$' -%}
    {%- endif -%}
    case
        when cast({{ expression }} as text) ~ '{{ pattern }}' then cast({{ expression }} as {{ data_type }})
    end
{%- endmacro %}
