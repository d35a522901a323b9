{# All rows of a raw table under its contract: typed, enumerations mapped, with `rejection_reason`
   (null = accepted), `recorded_at` (first load of the key) and `last_recorded_at`. A table whose
   suspect rows are already settled in a model is given that model as `suspects`. #}
{% macro checked_source(system, table, suspects=none) -%}
    {%- set declared = [source(system, table), ref('enum_mappings'), ref('currencies')] -%}
    {%- if not execute -%} {{ return('select 1') }} {%- endif -%}
    {%- set contract = source_contract(system, table) -%}
    {%- if contract.scan is none -%}
        {{ empty_source(contract) }}
    {%- else -%}
    with

    {% if suspects -%}
    {{ unsuspected_rows(contract, suspects) }},
    {%- else -%}
    {{ judged_rows(contract) }},

    {{ ranked_suspects(contract) }},

    clean_rows as (

        select * from judged_rows
        where not is_repeated and not is_deleted_row and not is_broken

    ),
    {%- endif %}

    checked_rows as (

        select
            {{ contract.names | join(',\n            ') }},
            loaded_at as recorded_at,
            loaded_at as last_recorded_at,
            cast(null as {{ dbt.type_string() }}) as rejection_reason
        from clean_rows
        union all
        select
            {{ contract.names | join(',\n            ') }},
            recorded_at,
            last_recorded_at,
            rejection_reason
        from {{ suspects or 'suspect_rows' }}

    )

    select * from checked_rows
    {%- endif -%}
{%- endmacro %}
