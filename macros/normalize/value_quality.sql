{# How far a value can be relied on: by the size of its sample, or for a state by its age. #}
{% macro value_quality(value, as_of_date, catalogue) -%}
    {%- set age = days_between(value ~ '_last_on', as_of_date) -%}
    case
        when {{ catalogue }}.kappa is not null
            then {{ sample_reliability(finite(value ~ '_sample'), catalogue ~ '.kappa') }}
        else {{ freshness(
            age,
            catalogue ~ '.freshness_grace_days',
            catalogue ~ '.freshness_half_life_days',
            catalogue ~ '.freshness_floor'
        ) }}
    end
{%- endmacro %}
