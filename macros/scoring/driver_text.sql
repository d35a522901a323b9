{# A driver in words: the metric, its value with its unit, and the points that it moved the score. #}
{% macro driver_text(metric_name, metric_value, unit, points) -%}
    {{ metric_name }} || ' '
    || cast(cast({{ metric_value }} as numeric(18, 2)) as {{ dbt.type_string() }})
    || ' ' || {{ unit }} || ' ('
    || case when {{ points }} > 0 then '+' else '' end
    || cast(cast({{ points }} as numeric(18, 1)) as {{ dbt.type_string() }}) || ')'
{%- endmacro %}
