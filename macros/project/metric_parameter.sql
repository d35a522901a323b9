{# A window or constant of a metric's value, from `vars: metric_parameters`. #}
{% macro metric_parameter(value_id, parameter) -%}
    {%- set parameters = setting('metric_parameters').get(value_id, {}) -%}
    {%- if parameter not in parameters -%}
        {{ exceptions.raise_compiler_error(
            "dbt_project.yml: vars.metric_parameters." ~ value_id ~ "." ~ parameter
            ~ " is missing; add it or correct the name in " ~ model.name
        ) }}
    {%- endif -%}
    {{- parameters[parameter] -}}
{%- endmacro %}
