{# Points as people read them: one decimal. #}
{% macro points_text(points) -%}
    cast(cast({{ points }} as numeric(18, 1)) as {{ dbt.type_string() }})
{%- endmacro %}
