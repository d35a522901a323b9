{# An aggregate: the quantile (linear between order statistics) of values held as a histogram, where
   each row carries how many values come before it, up to it, and in all. #}
{% macro histogram_quantile(share, value, count_before, count_up_to, count_all) -%}
    {%- set position -%} (({{ count_all }} - 1) * {{ share }}) {%- endset -%}
    (
        max(case
            when {{ count_before }} <= floor{{ position }} and floor{{ position }} < {{ count_up_to }}
                then {{ value }}
        end)
        * (1 - max({{ position }} - floor{{ position }}))
        + max(case
            when {{ count_before }} <= ceil{{ position }} and ceil{{ position }} < {{ count_up_to }}
                then {{ value }}
        end)
        * max({{ position }} - floor{{ position }})
    )
{%- endmacro %}
