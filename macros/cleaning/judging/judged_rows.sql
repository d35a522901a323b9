{# The CTEs source_rows (typed) and judged_rows (enumerations mapped, with the broken rule). The keys
   that occur more than once are found on the key alone, so that no window runs over whole rows. #}
{% macro judged_rows(contract, with_content=false) -%}
    {%- set enums = contract.columns | selectattr('rules.enum', 'defined') | list -%}
    {{ landed_cte(contract) }}
    repeated_keys as (

        {{ repeated_hashes(contract.scan, contract.key_hash) }}

    ),

    {% for column in enums -%}
    {{ column.name }}_values as (

        {{ enum_values(column.rules.enum) }}

    ),

    {% endfor -%}
    source_rows as {{ inlined() }} (

        select
            {%- for column in contract.columns %}
            {{ contract_value(column) }} as {{ 'loaded_at' if column.name == contract.clock else column.name }},
            {%- endfor %}
            {{ 'cast(null as timestamp) as loaded_at,' if not contract.clock }}
            {%- for name in contract.raw_names if with_content %}
            {{ quoted_name(name) }} as raw_{{ loop.index }},
            {%- endfor %}
            {{ row_locator(contract.scan, contract.key_hash) }} as row_locator,
            repeated_keys.key_hash is not null as is_repeated,
            {{ parse_failure(contract.columns) }} as parse_failure
        from {{ contract.scan }}
        left join repeated_keys
            on {{ contract.key_hash }} = repeated_keys.key_hash

    ),

    judged_rows as {{ inlined() }} (

        select
            {%- for column in contract.columns if column.name != contract.clock %}
            {{ judged_value(contract, column) }} as {{ column.name }},
            {%- endfor %}
            source_rows.loaded_at,
            {%- for name in contract.raw_names if with_content %}
            source_rows.raw_{{ loop.index }},
            {%- endfor %}
            source_rows.row_locator,
            source_rows.is_repeated,
            {{ is_deleted_row(contract) }} as is_deleted_row,
            {{ is_broken_row(contract) }} as is_broken,
            {{ broken_rule(contract) }} as broken_rule
        from source_rows
        {%- for column in enums %}
        left join {{ column.name }}_values on source_rows.{{ column.name }} = {{ column.name }}_values.raw_value
        {%- endfor %}

    )
{%- endmacro %}
