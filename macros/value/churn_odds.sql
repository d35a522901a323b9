{# The log odds that an account leaves, from a score and the position of its contract, by the coefficients
   of a calibration that stand in a relation. #}
{% macro churn_odds(score, contract_position, calibration='calibrations') -%}
    {%- set distance = '(' ~ calibration ~ '.reference_score - ' ~ score ~ ') / '
        ~ 'nullif(' ~ calibration ~ '.score_step, 0)' -%}
    {{ calibration }}.intercept + {{ calibration }}.score_coefficient * {{ distance }}
    + case {{ contract_position }}
        when 'monthly' then {{ calibration }}.monthly_coefficient
        when 'renewing' then {{ calibration }}.renewing_coefficient
        when 'far' then {{ calibration }}.far_score_coefficient * {{ distance }}
    end
{%- endmacro %}
