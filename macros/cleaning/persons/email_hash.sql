{# The pseudonym of an e-mail address, whatever its case and the blanks around it. #}
{% macro email_hash(expression) -%}
    {{ keyed_hash("nullif(lower(trim(" ~ expression ~ ")), '')") }}
{%- endmacro %}
