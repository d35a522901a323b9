{# A date after all others, for an end that is open where a null would cost a test per row. #}
{% macro latest_date() -%} cast('9999-12-31' as date) {%- endmacro %}
