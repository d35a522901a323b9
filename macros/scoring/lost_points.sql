{# The part of a metric in what is missing to 100. A score has 100 long before every metric does, so what
   a metric lacks counts in proportion; where no metric lacks anything, its weight does. #}
{% macro lost_points() -%}
    missing_points * case
        when weighted_score < 100
            then metric_weight * (100 - effective_score) / nullif(100 - weighted_score, 0)
        else metric_weight
    end
{%- endmacro %}
