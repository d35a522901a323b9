{# Whether a move is large in points and for the account's usual spread, and in this direction. #}
{% macro is_sudden(points, direction) -%}
    (
        abs({{ points }}) >= smallest_points
        and abs({{ points }}) >= z_limit * usual_scale
        and {{ points }} * {{ direction }} > 0
    )
{%- endmacro %}
