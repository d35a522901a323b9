{# N4: position between two frozen quantiles, level beyond them; the middle where they are equal. #}
{% macro min_max(value, low, high, direction) -%}
    case
        when {{ value }} is null or {{ low }} is null then null
        when {{ high }} = {{ low }} then 50
        else 100 * (case
            when {{ direction }} = 'down'
                then {{ high }} - least(greatest({{ value }}, {{ low }}), {{ high }})
            else least(greatest({{ value }}, {{ low }}), {{ high }}) - {{ low }}
        end / nullif({{ high }} - {{ low }}, 0))
    end
{%- endmacro %}
