{# The rejected rows of several tables of one system, each with its reason and its raw content. A table
   whose suspect rows are settled in a model is named in `suspects` with that model. #}
{% macro quarantined_rows(system, tables, suspects={}) -%}
    with

    {% for table in tables -%}
    {{ table }}_rows as (

        {% if suspects.get(table) -%}
        select * from {{ suspects[table] }}
        {{ landed_rejects(system, table) }}
        {%- else -%}
        {{ suspect_rows(system, table) }}
        {%- endif %}

    ),

    {% endfor -%}
    final as (

        {% for table in tables -%}
        select
            '{{ system }}' as source_system,
            '{{ table }}' as source_table,
            row_key,
            rejection_reason,
            row_content,
            last_recorded_at as recorded_at
        from {{ table }}_rows
        where rejection_reason is not null
        {%- if not loop.last %}
        union all
        {% endif %}
        {%- endfor %}

    )

    select * from final
{%- endmacro %}
