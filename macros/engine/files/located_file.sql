{# How many row locators each file of a raw table has for itself. #}
{% macro located_file() -%} cast(1e12 as bigint) {%- endmacro %}
