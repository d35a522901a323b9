{# A date after every other, for comparing with an open end. It never leaves a query. #}
{% macro open_end() -%}
    cast('9999-12-31' as date)
{%- endmacro %}
