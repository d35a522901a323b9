{# Ends a query of checked_rows. A row that a later version has overwritten carries the clock of that
   version; where its first load was kept, it is known from then on. #}
{% macro dated_rows(contract) -%}
    {%- set kept = kept_first_loads(contract) -%}
    {%- if kept is none %}

    select * from checked_rows
    {%- else -%}
    ,

    first_loads as (

        select
            row_key,
            cast(first_loaded_at as timestamp) as first_loaded_at
        from {{ kept }}
        where source_system = '{{ contract.system }}' and source_table = '{{ contract.table }}'

    )

    select
        {{ contract.names | join(',\n        ') }},
        least(
            checked_rows.recorded_at,
            coalesce(first_loads.first_loaded_at, checked_rows.recorded_at)
        ) as recorded_at,
        checked_rows.last_recorded_at
    from checked_rows
    left join first_loads
        on {{ surrogate_key(contract.key) }} = first_loads.row_key
    {%- endif -%}
{%- endmacro %}
