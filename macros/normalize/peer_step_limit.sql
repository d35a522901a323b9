{# The most steps that the baseline of a metric may span; a test holds the seeds to it. #}
{% macro peer_step_limit() -%}
    {{ return(2000) }}
{%- endmacro %}
