{# The day from which something counts, of rows narrowed by `affected_since` and told by the first affected
   date of their account: what was known before it is told on it, as one. A history of what was known then
   has no part in what is worked out again. #}
{% macro counted_on(known_on) -%}
    {%- if carried_database() -%}
    case when {{ known_on }} <= affected_since then affected_since else {{ known_on }} end
    {%- else -%} {{ known_on }}
    {%- endif -%}
{%- endmacro %}
