{# Stops: which var, what was given, and what is allowed. #}
{% macro refuse_setting(name, rule, value) -%}
    {%- set longest = 80 -%}
    {%- set shown = 'nothing' if value is none else (value | string)[:longest] -%}
    {{ exceptions.raise_compiler_error(
        name ~ " must be " ~ allowed_setting(rule) ~ ", got: " ~ shown ~ " ("
        ~ ((rule.environment ~ ", ") if rule.environment else '')
        ~ "--vars, or vars." ~ name ~ " in dbt_project.yml)"
    ) }}
{%- endmacro %}
