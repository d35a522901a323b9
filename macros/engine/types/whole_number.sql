{# A raw number as a whole one, null where it has a fraction or does not fit: a cast alone rounds 10.4 to
   10 and into a range that the value is not in. #}
{% macro whole_number(expression, family, data_type) -%}
    {%- if family == 'text' -%}
        {%- set number = try_cast(expression, type_double()) -%}
        case when {{ number }} = floor({{ number }})
            then coalesce({{ try_cast(expression, data_type) }}, {{ try_cast(number, data_type) }}) end
    {%- elif family in ('float', 'decimal') -%}
        case when {{ expression }} = floor({{ expression }}) then {{ try_cast(expression, data_type) }} end
    {%- else -%} {{ try_cast(expression, data_type) }}
    {%- endif -%}
{%- endmacro %}
