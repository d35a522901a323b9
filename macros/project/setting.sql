{# The one reader of vars: a value of the declared type and range, or the run stops at parse. #}
{% macro setting(name) -%}
    {%- set rule = setting_rules().get(name) -%}
    {%- if rule is none -%}
        {{ exceptions.raise_compiler_error(
            "There is no var " ~ name ~ "; declare it in macros/project/setting_rules.sql"
        ) }}
    {%- endif -%}
    {#- var() renders a text as Jinja, so what came by the command line is judged before it is read. -#}
    {%- set given = (invocation_args_dict.get('vars') or {}).get(name) -%}
    {%- if given is string and '{' in given -%}
        {{ refuse_setting(name, rule, given) }}
    {%- endif -%}
    {%- set value = var(name, none) -%}
    {%- if rule.environment -%}
        {%- set value = env_var(rule.environment, '') or value -%}
    {%- endif -%}
    {%- if rule.type == 'date' and value is not none -%}
        {%- set value = value | string -%}
    {%- endif -%}
    {%- if not is_allowed_setting(rule, value) -%}
        {{ refuse_setting(name, rule, value) }}
    {%- endif -%}
    {{ return(value) }}
{%- endmacro %}
