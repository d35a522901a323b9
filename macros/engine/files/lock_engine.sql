{# Takes from the engine what a build does not need: other files, the network, extensions, and the
   right to change this again. What stays readable is what the sources and seeds are made of. #}
{% macro lock_engine() -%}
    {%- if execute -%} {{ return(adapter.dispatch('lock_engine', 'account_health')()) }} {%- endif -%}
{%- endmacro %}

{% macro default__lock_engine() -%} {%- endmacro %}

{% macro duckdb__lock_engine() -%}
    {#- dbt-duckdb gives `settings` to each connection, which a locked engine refuses. -#}
    {%- if target.settings -%}
        {{ exceptions.raise_compiler_error(
            "profiles.yml has `settings` (" ~ target.settings.keys() | join(', ') ~ "), but the engine is"
            ~ " locked for the run. Write them under `config_options`; TimeZone is always UTC."
        ) }}
    {%- endif -%}
    {%- set is_locked = run_query("select current_setting('lock_configuration')").columns[0].values()[0] -%}
    {%- if not is_locked -%}
        set global TimeZone = 'UTC';
        set allowed_directories = [
            {%- for folder in readable_folders() -%}
                {{ "'" ~ folder.replace("'", "''") ~ "'" }}{{ ', ' if not loop.last }}
            {%- endfor -%}
        ];
        set autoinstall_known_extensions = false;
        set autoload_known_extensions = false;
        set allow_community_extensions = false;
        set enable_external_access = false;
        set lock_configuration = true;
    {%- endif -%}
{%- endmacro %}
