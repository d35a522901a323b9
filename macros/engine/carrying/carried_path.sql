{# Where the warehouse of the run before lies, or none: then everything is built anew. `health refresh`
   says so, once it has made sure that the same project made that warehouse. #}
{% macro carried_path() -%}
    {%- set path = env_var('HEALTH_CARRIED_DB', '') if execute else '' -%}
    {{ return(path or none) }}
{%- endmacro %}
