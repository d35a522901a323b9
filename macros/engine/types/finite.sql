{# The value, or null where it is NaN or infinite: both poison aggregates and pass every clamp. #}
{% macro finite(expression) -%}
    {{ return(adapter.dispatch('finite')(expression)) }}
{%- endmacro %}

{% macro default__finite(expression) -%}
    case when isfinite({{ expression }}) then {{ expression }} end
{%- endmacro %}

{% macro postgres__finite(expression) -%}
    case
        when {{ expression }} not in ('NaN', 'Infinity', '-Infinity') then {{ expression }}
    end
{%- endmacro %}

{% macro spark__finite(expression) -%}
    case
        when not isnan({{ expression }})
            and abs({{ expression }}) < cast('Infinity' as double) then {{ expression }}
    end
{%- endmacro %}
