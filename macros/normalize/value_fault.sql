{# Why a value cannot be used, or null: it is missing, is no finite number, or is out of range. #}
{% macro value_fault(value, catalogue) -%}
    case
        when {{ value }} is null then 'never_observed'
        when {{ finite(value) }} is null then 'rejected'
        when {{ value }} < {{ catalogue }}.valid_min then 'rejected'
        when {{ value }} > {{ catalogue }}.valid_max then 'rejected'
    end
{%- endmacro %}
