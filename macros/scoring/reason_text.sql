{# Points with the reason for them, in words; null where they round to nothing. #}
{% macro reason_text(points, reason) -%}
    {%- set shown -%} cast({{ points }} as numeric(18, 1)) {%- endset -%}
    case
        when {{ shown }} != 0
            then
                case when {{ shown }} > 0 then '+' else '' end
                || cast({{ shown }} as {{ dbt.type_string() }}) || ' {{ reason }}'
    end
{%- endmacro %}
