{#
    Everybody above an account, from links by date: one row per account, date and step upward.
    Written out step by step, since not every engine has recursion; a circle is walked to the limit.
#}
{% macro ancestor_walk(links) -%}
    {%- set level_limit = setting('hierarchy_level_limit') -%}
    with

    links as (

        select
            account_id,
            as_of_date,
            parent_account_id
        from {{ links }}
        where parent_account_id is not null

    ),

    step_1 as (

        select
            account_id,
            as_of_date,
            parent_account_id as ancestor_account_id,
            1 as distance
        from links

    ),
    {%- for level in range(2, level_limit + 1) %}

    step_{{ level }} as (

        select
            step_{{ level - 1 }}.account_id,
            step_{{ level - 1 }}.as_of_date,
            links.parent_account_id as ancestor_account_id,
            {{ level }} as distance
        from step_{{ level - 1 }}
        inner join links
            on
                step_{{ level - 1 }}.ancestor_account_id = links.account_id
                and step_{{ level - 1 }}.as_of_date = links.as_of_date

    ),
    {%- endfor %}

    final as (
        {% for level in range(1, level_limit + 1) %}
        select * from step_{{ level }}
        {%- if not loop.last %}
        union all
        {%- endif %}
        {%- endfor %}

    )

    select * from final
{%- endmacro %}
