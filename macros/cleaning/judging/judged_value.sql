{# A column after its enumeration: the canonical value, else what the contract says of others. #}
{% macro judged_value(contract, column) -%}
    {%- set value = "source_rows." ~ column.name -%}
    {%- if not column.rules.get('enum') -%} {{ kept_reference(contract, column, value) }}
    {%- elif column.rules.get('otherwise') == 'keep' -%}
        coalesce({{ column.name }}_values.canonical_value, {{ value }})
    {%- elif column.rules.get('otherwise') -%}
        coalesce(
            {{ column.name }}_values.canonical_value,
            case when {{ value }} is not null then '{{ column.rules.otherwise }}' end
        )
    {%- else -%} {{ column.name }}_values.canonical_value
    {%- endif -%}
{%- endmacro %}
