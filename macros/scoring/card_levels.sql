{# How far a card may stand above the base card, step by step; a test holds the seeds to it. #}
{% macro card_levels() -%}
    {{ return([1, 2, 3]) }}
{%- endmacro %}
