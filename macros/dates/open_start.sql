{# A date before every other, for comparing with an open start. It never leaves a query. #}
{% macro open_start() -%}
    cast('0001-01-01' as date)
{%- endmacro %}
