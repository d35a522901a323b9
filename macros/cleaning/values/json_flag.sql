{# The yes or no under one key of a JSON text; null where it is absent or neither. #}
{% macro json_flag(expression, key) -%}
    {{ typed_value("(" ~ json_text(expression, key) ~ ")", 'text', 'boolean') }}
{%- endmacro %}
