{# Sum of the first powers of a factor, from the first to the count-th: payments that shrink by it. #}
{% macro annuity(factor, count) -%}
    case
        when ({{ factor }}) = 1 then cast({{ count }} as {{ type_double() }})
        else ({{ factor }}) * (1 - power({{ factor }}, {{ count }})) / nullif(1 - ({{ factor }}), 0)
    end
{%- endmacro %}
