{# The share of a group below a value, those equal to it counted half, so that ties share a rank. #}
{% macro mid_rank_share(count_up_to, count_equal, count_all) -%}
    (cast({{ count_up_to }} as {{ type_double() }}) - 0.5 * {{ count_equal }})
    / nullif({{ count_all }}, 0)
{%- endmacro %}
