{# The bare domain of a web address: no scheme, no www, no path, no port, lower case. #}
{% macro website_domain(expression) -%}
    {%- set address = "replace(replace(lower(trim(" ~ expression ~ ")), 'https://', ''), 'http://', '')" -%}
    {%- set host = "split_part(split_part(" ~ address ~ ", '/', 1), ':', 1)" -%}
    nullif(case when {{ host }} like 'www.%' then substr({{ host }}, 5) else {{ host }} end, '')
{%- endmacro %}
