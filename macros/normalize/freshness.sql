{# Quality of a state by the age of its last data: full up to the grace, then halving, nothing once
   below the floor or without a date. #}
{% macro freshness(age, grace, half_life, quality_floor) -%}
    case
        when {{ age }} is null then 0
        when {{ age }} <= {{ grace }} then 1
        when {{ halving('(' ~ age ~ ' - ' ~ grace ~ ')', half_life) }} < {{ quality_floor }} then 0
        else {{ halving('(' ~ age ~ ' - ' ~ grace ~ ')', half_life) }}
    end
{%- endmacro %}
