{# dbt asks this before an incremental model. Without a warehouse to carry on from, every model is
   built anew: `dbt build` by hand never leaves rows of another state of the project behind. So is a
   staging table whose files differ in another way than by new ones, and a table of the last days whose
   carried days end after this run's. #}
{% macro should_full_refresh() -%}
    {%- set configured = config.get('full_refresh') -%}
    {%- if configured is not none -%} {{ return(configured) }} {%- endif -%}
    {%- if flags.FULL_REFRESH or carried_database() is none -%} {{ return(true) }} {%- endif -%}
    {%- if config.get('meta').kept_days -%}
        {{ return(load_relation(this) is none or run_query(
            "select max(as_of_date) > " ~ as_of_date() ~ " from " ~ this
        ).columns[0].values()[0]) }}
    {%- endif -%}
    {{ return(
        config.get('incremental_strategy') in ('landed_groups', 'landed_suspects')
        and landed_state(landed_table(model)).mode == 'whole'
    ) }}
{%- endmacro %}
