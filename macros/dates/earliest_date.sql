{# A date before all others, for the start of "always" where a null would cost a test per row. #}
{% macro earliest_date() -%} cast('0001-01-01' as date) {%- endmacro %}
