{# The rows of a raw table that break a rule, are deleted, or share their key, settled: typed columns,
   the reason (null = accepted after all), and the raw row as JSON text. #}
{% macro suspect_rows(system, table) -%}
    {%- set declared = [source(system, table), ref('enum_mappings'), ref('currencies')] -%}
    {%- if not execute -%} {{ return('select 1') }} {%- endif -%}
    {%- set contract = source_contract(system, table) -%}
    {%- set is_narrowed = config.get('incremental_strategy') == 'landed_suspects'
        or config.get('incremental_strategy') == 'landed_rejects' and rejects_state(contract).mode != 'whole' -%}
    {%- if is_narrowed -%}
        {%- do read_landed(contract, contract.key_hash) -%}
    {%- endif -%}
    {%- if contract.scan is none -%}
        with

        empty_rows as (

            {{ empty_source(contract) }}

        )

        select
            empty_rows.*,
            cast(null as bigint) as row_locator,
            cast(null as {{ dbt.type_string() }}) as row_key,
            cast(null as {{ dbt.type_string() }}) as row_content
        from empty_rows
    {%- else -%}
        {%- set is_shown = "coalesce(rejection_reason, '') <> 'erased_subject'" -%}
        with

        {{ judged_rows(contract, with_content=true) }},

        {{ ranked_suspects(contract, 'is_repeated or is_deleted_row or is_broken', with_content=true) }}

        select
            {{ contract.names | join(',\n            ') }},
            recorded_at,
            last_recorded_at,
            rejection_reason,
            row_locator,
            {{ quarantined_key(contract) }} as row_key,
            case when {{ is_shown }} then {{ nested_text('row_content') }} end as row_content
        from suspect_rows
    {%- endif -%}
{%- endmacro %}
