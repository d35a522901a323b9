{# All rows of a raw table under its contract: typed, enumerations mapped, with `rejection_reason`
   (null = accepted), `recorded_at` (first load of the key) and `last_recorded_at`. A table whose
   suspect rows are already settled in a model is given that model as `suspects`. #}
{% macro checked_source(system, table, suspects=none) -%}
    {%- set declared = [source(system, table), ref('enum_mappings'), ref('currencies')] -%}
    {%- if not execute -%} {{ return('select 1') }} {%- endif -%}
    {%- set contract = source_contract(system, table) -%}
    {%- set names = [] -%}
    {%- for column in contract.columns if column.name != contract.clock -%}
        {%- do names.append(column.name) -%}
    {%- endfor -%}
    {%- if contract.scan is none -%}
        {{ empty_source(contract) }}
    {%- else -%}
    with

    {{ judged_rows(contract, suspects) }},

    clean_rows as (

        select
            {{ names | join(',\n            ') }},
            loaded_at as recorded_at,
            loaded_at as last_recorded_at,
            cast(null as {{ dbt.type_string() }}) as rejection_reason
        from judged_rows
        where not is_repeated and not is_deleted_row and broken_rule is null

    ){% if not suspects %},

    {{ ranked_suspects(contract) }}{% endif %}

    select * from clean_rows
    union all
    select
        {{ names | join(',\n        ') }},
        recorded_at,
        last_recorded_at,
        rejection_reason
    from {{ suspects or 'suspect_rows' }}
    {%- endif -%}
{%- endmacro %}
