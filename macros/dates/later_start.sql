{#
    The later of two starts, where null means "always": what greatest() does with null differs by
    engine.
#}
{% macro later_start(first_start, second_start) -%}
    case
        when {{ first_start }} is null then {{ second_start }}
        when {{ second_start }} is null then {{ first_start }}
        else greatest({{ first_start }}, {{ second_start }})
    end
{%- endmacro %}
