{# The score of a value on a scale of its own: one arm for each normaliser that needs no peers. #}
{% macro threshold_score(value, catalogue) -%}
    case {{ catalogue }}.normaliser
        when 'piecewise' then {{ piecewise_linear(value, catalogue) }}
        when 'identity' then {{ clamp_score(value) }}
        when 'two_anchor' then {{ two_anchor(
            value, catalogue ~ '.anchor_steepness', catalogue ~ '.anchor_midpoint'
        ) }}
        when 'min_max' then {{ min_max(
            value,
            catalogue ~ '.winsor_low',
            catalogue ~ '.winsor_high',
            catalogue ~ '.direction'
        ) }}
    end
{%- endmacro %}
