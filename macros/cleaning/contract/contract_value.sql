{# One contract column as an expression over the raw row; a typed null when the export lacks it. #}
{% macro contract_value(column) -%}
    {%- if column.raw is none -%}
        cast(null as {{ contract_type(column.type) }})
    {%- else -%}
        {%- set value = typed_value(
            quoted_name(column.raw), column.family, column.type, column.rules.get('verbatim', false)
        ) -%}
        {%- if column.rules.get('enum') %} {{ snake_case(value) }}
        {%- elif column.rules.get('lowercase') %} lower({{ value }})
        {%- else %} {{ value }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
