{# The step of a peer curve that a value meets; beyond either end of the baseline, the last one. #}
{% macro peer_step(value, catalogue) -%}
    case
        when {{ value }} is not null
            then
                least(
                    greatest(
                        {{ value_step(value, catalogue ~ '.peer_precision') }},
                        {{ catalogue }}.lowest_step
                    ),
                    {{ catalogue }}.highest_step
                )
    end
{%- endmacro %}
