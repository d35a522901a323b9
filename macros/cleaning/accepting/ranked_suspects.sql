{# The CTEs that settle the rows that break a rule, are deleted, or share their key: among the valid
   rows of a key the latest by the loader's clock wins, and a broken row never replaces a good one. #}
{% macro ranked_suspects(contract, condition, with_content=false) -%}
    {%- set ranking = ['loaded_at desc nulls last'] -%}
    {%- for name in contract.names if name not in contract.key -%}
        {%- do ranking.append(name ~ ' nulls last') -%}
    {%- endfor -%}
    {#- Of rows that are the same in everything, the place decides which one stands. -#}
    {%- do ranking.append('row_locator') -%}
    ranked_rows as (

        select
            {{ contract.names | join(',\n            ') }},
            {%- for name in contract.raw_names if with_content %}
            raw_{{ loop.index }},
            {%- endfor %}
            row_locator,
            loaded_at,
            is_deleted_row,
            broken_rule,
            min(loaded_at) over same_key as first_loaded_at,
            row_number() over (
                partition by {{ contract.key | join(', ') }}, broken_rule
                order by
                    {{ ranking | join(',\n                    ') }}
            ) as load_rank
        from judged_rows
        where {{ condition }}
        window same_key as (partition by {{ contract.key | join(', ') }}, broken_rule)

    ),

    suspect_rows as (

        select
            {{ contract.names | join(',\n            ') }},
            {%- if with_content %}
            {{ packed_row(contract.raw_names, quarantined_values(contract)) }} as row_content,
            {%- endif %}
            row_locator,
            first_loaded_at as recorded_at,
            loaded_at as last_recorded_at,
            case
                when broken_rule is not null then broken_rule
                when load_rank > 1 then 'duplicate_or_superseded'
                when is_deleted_row then 'deleted_in_source'
            end as rejection_reason
        from ranked_rows

    )
{%- endmacro %}
