{# What a share lost in some months comes to in a year, if it is lost at the same pace. #}
{% macro annual_ratio(ratio, months) -%}
    (1 - power(1 - ({{ ratio }}), cast(12 as {{ type_double() }}) / {{ months }}))
{%- endmacro %}
