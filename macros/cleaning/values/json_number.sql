{# The number under one key of a JSON text; null where it is absent or no finite number. #}
{% macro json_number(expression, key) -%}
    {{ typed_value("(" ~ json_text(expression, key) ~ ")", 'text', 'double') }}
{%- endmacro %}
