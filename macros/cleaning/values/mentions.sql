{# Whether a free text holds a word; all that is kept of a text that nobody may read further on. #}
{% macro mentions(expression, word) -%}
    coalesce(lower({{ expression }}) like '%{{ word }}%', false)
{%- endmacro %}
