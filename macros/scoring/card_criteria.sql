{# What a card may ask of an account: columns of its spine; a test holds the seeds to it. #}
{% macro card_criteria() -%}
    {{ return(['industry', 'lifecycle_stage', 'segment', 'plan_tier']) }}
{%- endmacro %}
