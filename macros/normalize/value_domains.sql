{# The domains that have a mart of metric values. #}
{% macro value_domains() -%}
    {{ return([
        'usage',
        'support',
        'billing',
        'commercial',
        'expansion',
        'sentiment',
        'relationship',
        'marketing',
        'market',
    ]) }}
{%- endmacro %}
