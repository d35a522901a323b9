{# The CTEs that settle the rows that break a rule, are deleted, or share their key: among the valid
   rows of a key the latest by the loader's clock wins, and a broken row never replaces a good one. #}
{% macro ranked_suspects(contract, with_content=false) -%}
    {%- set names = [] -%}
    {%- for column in contract.columns if column.name != contract.clock -%}
        {%- do names.append(column.name) -%}
    {%- endfor -%}
    {%- set carried = names + (['row_content'] if with_content else []) -%}
    ranked_rows as (

        select
            {{ carried | join(',\n            ') }},
            key_hash,
            loaded_at,
            is_deleted_row,
            broken_rule,
            min(loaded_at) over same_key as first_loaded_at,
            row_number() over (
                partition by {{ contract.key | join(', ') }}, broken_rule
                order by loaded_at desc nulls last{% for name in names if name not in contract.key %}, {{ name }} nulls last{% endfor %}
            ) as load_rank
        from judged_rows
        where is_repeated or is_deleted_row or broken_rule is not null
        window same_key as (partition by {{ contract.key | join(', ') }}, broken_rule)

    ),

    suspect_rows as (

        select
            {{ carried | join(',\n            ') }},
            key_hash,
            loaded_at,
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
