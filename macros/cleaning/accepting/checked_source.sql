{# The accepted rows of a raw table under its contract: typed, enumerations mapped, with `recorded_at`
   (first load of the key) and `last_recorded_at`. Rows whose key occurs once are judged one by one; only
   the others are ranked. Of a table that is kept from run to run, only the rows to replace are read.
   A table whose suspect rows are settled in a model is given it as `suspects`. #}
{% macro checked_source(system, table, suspects=none) -%}
    {%- set declared = [
        source(system, table), source('derived', 'first_loads'), ref('enum_mappings'), ref('currencies')
    ] -%}
    {%- if not execute -%} {{ return('select 1') }} {%- endif -%}
    {%- set contract = source_contract(system, table) -%}
    {%- if model.name == 'stg_' ~ system ~ '__' ~ table -%}
        {%- do refuse_missing_table(contract) -%}
    {%- endif -%}
    {%- if config.get('incremental_strategy') == 'landed_groups' -%}
        {%- set group = landed_group(contract, config.get('meta').landed_by) -%}
        {%- do read_landed(contract, group) -%}
    {%- endif -%}
    {%- if contract.scan is none -%}
        {{ empty_source(contract) }}
    {%- else -%}
    with

    {% if suspects -%}
    {{ unsuspected_rows(contract, suspects) }},
    {%- else -%}
    {{ judged_rows(contract) }},

    {{ ranked_suspects(contract, 'is_repeated') }},

    clean_rows as (

        select * from judged_rows
        where not is_repeated and not is_deleted_row and not is_broken

    ),
    {%- endif %}

    checked_rows as (

        select
            {{ contract.names | join(',\n            ') }},
            loaded_at as recorded_at,
            loaded_at as last_recorded_at
        from clean_rows
        union all
        select
            {{ contract.names | join(',\n            ') }},
            recorded_at,
            last_recorded_at
        from {{ suspects or 'suspect_rows' }}
        where rejection_reason is null

    ){{ dated_rows(contract) }}
    {%- endif -%}
{%- endmacro %}
