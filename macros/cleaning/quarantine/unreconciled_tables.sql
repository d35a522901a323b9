{# The tables of a system whose raw rows are not the accepted plus the rejected ones; must be empty. #}
{% macro unreconciled_tables(system, tables) -%}
    {%- for table in tables -%} {%- do source(system, table) -%} {%- endfor -%}
    with
    raw_counts as (

        {% for table in tables -%}
        {%- set raw = raw_table(source_node(system, table)) if execute -%}
        select
            '{{ table }}' as source_table,
            {{ 'count(*)' if raw else 0 }} as raw_count
        {{ 'from ' ~ raw.scan if raw }}
        {%- if not loop.last %}
        union all
        {% endif %}
        {%- endfor %}

    ),

    accepted_counts as (

        {% for table in tables -%}
        select
            '{{ table }}' as source_table,
            count(*) as accepted_count
        from {{ ref('stg_' ~ system ~ '__' ~ table) }}
        {%- if not loop.last %}
        union all
        {% endif %}
        {%- endfor %}

    ),

    rejected_counts as (

        select
            source_table,
            count(*) as rejected_count
        from {{ ref('quarantine_' ~ system) }}
        group by source_table

    ),

    final as (

        select
            raw_counts.*,
            accepted_counts.accepted_count,
            rejected_counts.rejected_count
        from raw_counts
        inner join accepted_counts
            on raw_counts.source_table = accepted_counts.source_table
        left join rejected_counts
            on raw_counts.source_table = rejected_counts.source_table
        where raw_count <> accepted_count + coalesce(rejected_count, 0)

    )

    select * from final
{%- endmacro %}
