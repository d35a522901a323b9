{# The CTEs of the rows of a raw table that the model of its suspect rows does not hold. They have
   passed every rule there, so nothing is judged again. #}
{% macro unsuspected_rows(contract, suspects) -%}
    {%- if contract.columns | selectattr('rules.enum', 'defined') | list -%}
        {{ exceptions.raise_compiler_error(
            contract.system ~ "." ~ contract.table ~ " has enumerations, which a model of suspect rows does"
            ~ " not map; check the table without one."
        ) }}
    {%- endif -%}
    source_rows as (

        select
            {%- for column in contract.columns %}
            {{ kept_reference(contract, column, contract_value(column)) }} as {{ 'loaded_at' if column.name == contract.clock else column.name }},
            {%- endfor %}
            {{ row_locator(contract.scan, contract.key_hash) }} as row_locator
        from {{ contract.scan }}

    ),

    suspect_locators as (

        select distinct row_locator
        from {{ suspects }}

    ),

    clean_rows as (

        select source_rows.*
        from source_rows
        left join suspect_locators
            on source_rows.row_locator = suspect_locators.row_locator
        where suspect_locators.row_locator is null

    )
{%- endmacro %}
