{# Whether a number does what a condition of a play asks for; a fact that is not known meets none. #}
{% macro number_condition_is_met(conditions, number_value) -%}
    (
        {{ conditions }}.comparison = 'at_least'
        and {{ number_value }} >= {{ conditions }}.number_value
    )
    or (
        {{ conditions }}.comparison = 'below'
        and {{ number_value }} < {{ conditions }}.number_value
    )
{%- endmacro %}
