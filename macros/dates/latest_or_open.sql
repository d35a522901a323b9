{# The latest of several ends, or null as soon as one of them is open. #}
{% macro latest_or_open(end_date) -%}
    case when count({{ end_date }}) = count(*) then max({{ end_date }}) end
{%- endmacro %}
