{# What a var's rule allows, in words. #}
{% macro allowed_setting(rule) -%}
    {%- set words = {
        'choice': 'one of ' ~ rule.get('one_of', []) | join(', '),
        'date': 'a date like 2025-12-31',
        'time zone': 'a time zone like UTC or Europe/Paris',
        'currency': 'a currency of three lower-case letters, like usd',
        'whole number': 'a whole number',
        'number': 'a number',
        'numbers': 'a tree of numbers, {value: {parameter: number}}, each',
    } -%}
    {%- set range = ' from ' ~ rule.minimum ~ ' to ' ~ rule.maximum if 'minimum' in rule else '' -%}
    {{ return(words[rule.type] ~ range) }}
{%- endmacro %}
