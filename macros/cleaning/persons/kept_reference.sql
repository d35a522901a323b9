{# A value of a raw table, or null where it names an erased person and the row itself stays. #}
{% macro kept_reference(contract, column, value) -%}
    {%- set condition = is_erased(contract, column, value, 'value') -%}
    {%- if condition -%} case when not {{ condition }} then {{ value }} end
    {%- else -%} {{ value }}
    {%- endif -%}
{%- endmacro %}
