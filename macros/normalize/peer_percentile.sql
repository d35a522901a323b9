{# N2: the shrunk share of peers below the value, as a score. #}
{% macro peer_percentile(share, direction) -%}
    100 * case when {{ direction }} = 'down' then 1 - {{ share }} else {{ share }} end
{%- endmacro %}
