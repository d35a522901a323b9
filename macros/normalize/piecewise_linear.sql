{# N1: linear between the knots of a wide row, level outside them. Unused knots are null, which no
   comparison passes. #}
{% macro piecewise_linear(value, knots) -%}
    case
        when {{ value }} is null then null
        when {{ value }} <= {{ knots }}.knot_value_1 then {{ knots }}.knot_score_1
        {%- for number in range(2, knot_limit() + 1) %}
        when {{ value }} <= {{ knots }}.knot_value_{{ number }}
            then {{ knots }}.knot_score_{{ number - 1 }}
                + ({{ value }} - {{ knots }}.knot_value_{{ number - 1 }})
                * {{ knots }}.knot_slope_{{ number }}
        {%- endfor %}
        else {{ knots }}.last_knot_score
    end
{%- endmacro %}
