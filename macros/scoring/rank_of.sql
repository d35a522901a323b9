{# The rank that a number reaches on rising thresholds. Floating sums differ in their last digits with
   the order of rows, so numbers are rounded before they are compared. #}
{% macro rank_of(number, threshold_prefix, threshold_suffix) -%}
    case
        when {{ number }} is null then null
        {%- for rank in scored_ranks() | reverse %}
        when round({{ number }}, {{ score_digits() }})
            >= {{ threshold_prefix }}_{{ rank }}_{{ threshold_suffix }} then {{ rank }}
        {%- endfor %}
        else 0
    end
{%- endmacro %}
