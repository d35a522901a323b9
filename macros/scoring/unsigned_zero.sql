{# A product whose zero has no sign: zero times a loss is minus zero, which reads as a loss. #}
{% macro unsigned_zero(product) -%}
    {{ product }} + 0
{%- endmacro %}
