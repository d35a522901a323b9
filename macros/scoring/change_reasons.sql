{# The terms of a change of score and how they are said, in the order of saying. #}
{% macro change_reasons() -%}
    {{ return({
        'metric': 'because things changed',
        'baseline': 'because peers moved',
        'weight': 'because other weights apply',
        'card': 'because another card applies',
        'scaling': 'because the scale changed',
        'quality': 'because data aged or arrived',
        'clamp': 'at the ends of the scale',
        'gate': 'by gates',
        'override': 'by overrides',
    }) }}
{%- endmacro %}
