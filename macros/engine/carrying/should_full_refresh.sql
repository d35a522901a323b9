{# dbt asks this before an incremental model. Without a warehouse to carry on from, every model is
   built anew: `dbt build` by hand never leaves rows of another state of the project behind. #}
{% macro should_full_refresh() -%}
    {%- set configured = config.get('full_refresh') -%}
    {%- if configured is not none -%} {{ return(configured) }} {%- endif -%}
    {{ return(flags.FULL_REFRESH or carried_database() is none) }}
{%- endmacro %}
