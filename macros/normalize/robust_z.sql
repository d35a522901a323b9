{# N3: distance from the median in robust standard deviations, through a logistic. Where all peers
   are equal there is no distance, and the score is the middle. #}
{% macro robust_z(value, location, scale, direction, z_limit, steepness) -%}
    {%- set z -%}
        ({{ value }} - {{ location }}) / nullif({{ scale }}, 0)
    {%- endset -%}
    case
        when {{ value }} is null or {{ scale }} is null then null
        when {{ scale }} = 0 then 50
        else 100 / (1 + exp(
            case when {{ direction }} = 'down' then 1 else -1 end * {{ steepness }}
            * least(greatest({{ z }}, -{{ z_limit }}), {{ z_limit }})
        ))
    end
{%- endmacro %}
