{# One part of the value that a row of the catalogue scores: its number, hint, sample or last date. #}
{% macro picked_value(value_ids, part) -%}
    case catalogue.value_id
            {%- for value_id in value_ids %}
            when '{{ value_id }}' then wide_values.{{ value_id }}_{{ part }}
            {%- endfor %}
        end
{%- endmacro %}
