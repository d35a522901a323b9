{# The scoring date of this run: HEALTH_AS_OF_DATE, else the project's var. Nothing else may say today. #}
{% macro as_of_date() -%}
    {%- set value = env_var('HEALTH_AS_OF_DATE', var('as_of_date')) | string -%}
    {%- if not modules.re.fullmatch('\\d{4}-\\d{2}-\\d{2}', value) -%}
        {{ exceptions.raise_compiler_error(
            "as_of_date must be a date like 2025-12-31, got: " ~ value
            ~ " (HEALTH_AS_OF_DATE, or vars.as_of_date in dbt_project.yml)"
        ) }}
    {%- endif -%}
    cast('{{ value }}' as date)
{%- endmacro %}
