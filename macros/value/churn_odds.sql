{# The log odds that an account leaves, from a score and the position of its contract, by the coefficients
   of the relation `calibrations`. #}
{% macro churn_odds(score, contract_position) -%}
    {%- set distance = '(calibrations.reference_score - ' ~ score ~ ') / calibrations.score_step' -%}
    calibrations.intercept + calibrations.score_coefficient * {{ distance }}
    + case {{ contract_position }}
        when 'monthly' then calibrations.monthly_coefficient
        when 'renewing' then calibrations.renewing_coefficient
        when 'far' then calibrations.far_score_coefficient * {{ distance }}
    end
{%- endmacro %}
