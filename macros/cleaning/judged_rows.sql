{# The CTEs source_rows (typed) and judged_rows (enumerations mapped, with the broken rule). The keys
   that occur more than once are found on the key alone, so that no window runs over a whole table. #}
{% macro judged_rows(contract, suspects=none, with_content=false) -%}
    {%- set enums = contract.columns | selectattr('rules.enum', 'defined') | list -%}
    {%- set keys = [] -%}
    {%- for name in contract.key -%}
        {%- do keys.append(contract_value(contract.columns | selectattr('name', 'eq', name) | first)) -%}
    {%- endfor -%}
    source_rows as (

        select
            {%- for column in contract.columns %}
            {{ contract_value(column) }} as {{ 'loaded_at' if column.name == contract.clock else column.name }},
            {%- endfor %}
            {%- if not contract.clock %}
            cast(null as timestamp) as loaded_at,
            {%- endif %}
            {%- if with_content %}
            {{ packed_row(contract.raw_names) }} as row_content,
            {%- endif %}
            {{ key_hash(keys) }} as key_hash,
            {{ parse_failure(contract.columns) }} as parse_failure
        from {{ contract.scan }}

    ),

    repeated_keys as (

        {% if suspects -%}
        select distinct key_hash
        from {{ suspects }}
        {%- else -%}
        select {{ key_hash(keys) }} as key_hash
        from {{ contract.scan }}
        group by 1
        having count(*) > 1
        {%- endif %}

    ),

    {% for column in enums -%}
    {{ column.name }}_values as (

        {{ enum_values(column.rules.enum) }}

    ),

    {% endfor -%}
    judged_rows as (

        select
            {%- for column in contract.columns if column.name != contract.clock %}
            {{ judged_value(column) }} as {{ column.name }},
            {%- endfor %}
            source_rows.loaded_at,
            {%- if with_content %}
            source_rows.row_content,
            {%- endif %}
            source_rows.key_hash,
            repeated_keys.key_hash is not null as is_repeated,
            {{ is_deleted_row(contract) }} as is_deleted_row,
            {{ broken_rule(contract) }} as broken_rule
        from source_rows
        left join repeated_keys
            on source_rows.key_hash = repeated_keys.key_hash
        {%- for column in enums %}
        left join {{ column.name }}_values
            on source_rows.{{ column.name }} = {{ column.name }}_values.raw_value
        {%- endfor %}

    )
{%- endmacro %}
