{# The spread of a group, from the first of three measures that is not zero; each is scaled to equal
   the standard deviation of a normal distribution. #}
{% macro robust_scale(median_deviation, quartile_range, mean_deviation) -%}
    case
        when {{ median_deviation }} > 0 then 1.4826 * {{ median_deviation }}
        when {{ quartile_range }} > 0 then {{ quartile_range }} / 1.349
        else 1.2533 * {{ mean_deviation }}
    end
{%- endmacro %}
