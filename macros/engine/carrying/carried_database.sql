{# The name under which the warehouse of the run before is attached, or none. #}
{% macro carried_database() -%}
    {{ return('carried' if carried_path() else none) }}
{%- endmacro %}
