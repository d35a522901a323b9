{# What a field of a CRM can hold of a value. Texts are cut to the longest text field, without the blank
   that a cut may leave, which the CRM would drop. #}
{% macro crm_field_value(value, kind, text_length) -%}
    {%- if kind == 'number' -%} cast(round({{ value }}, 2) as numeric(5, 2))
    {%- elif kind == 'date' -%} cast({{ value }} as date)
    {%- else -%} nullif(trim(substring({{ value }}, 1, {{ text_length }})), '')
    {%- endif -%}
{%- endmacro %}
