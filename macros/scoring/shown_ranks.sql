{# The ranks of drivers that a line of text has room for. #}
{% macro shown_ranks() -%}
    {{ return([1, 2, 3]) }}
{%- endmacro %}
