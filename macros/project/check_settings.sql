{# Judges every var before anything runs, also those that no selected model reads, and refuses names
   that mean nothing. Renders to nothing. #}
{% macro check_settings() -%}
    {%- set rules = setting_rules() -%}
    {%- for name in rules -%}
        {%- do setting(name) -%}
    {%- endfor -%}
    {#- Installed as a package, this project knows nothing of the other project's own vars. -#}
    {%- if project_name == 'account_health' -%}
        {%- for name in invocation_args_dict.get('vars') or {} if name not in rules -%}
            {{ exceptions.raise_compiler_error(
                "There is no var " ~ name ~ "; --vars may give " ~ rules | join(', ')
            ) }}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
