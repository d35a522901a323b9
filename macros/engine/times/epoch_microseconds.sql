{# An epoch number in seconds, milliseconds or microseconds as whole microseconds. Its size tells the
   unit: the bounds are the year 5138 in one unit and 1973 in the next. #}
{% macro epoch_microseconds(expression) -%}
    cast(
        case
            when abs({{ expression }}) < 1e11 then {{ expression }} * 1e6
            when abs({{ expression }}) < 1e14 then {{ expression }} * 1e3
            when abs({{ expression }}) < 1e17 then {{ expression }}
        end as bigint
    )
{%- endmacro %}
