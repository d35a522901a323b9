{# The spellings of one enumeration and what each means. Currencies are their own list. #}
{% macro enum_values(enum_name) -%}
    {%- if enum_name == 'currency' -%}
        select
            currency as raw_value,
            currency as canonical_value
        from {{ ref('currencies') }}
    {%- else -%}
        select
            raw_value,
            canonical_value
        from {{ ref('enum_mappings') }}
        where enum_name = '{{ enum_name }}'
    {%- endif -%}
{%- endmacro %}
