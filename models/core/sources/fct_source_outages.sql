with

outages as (

    select * from {{ ref('int_sources__outages') }}

),

final as (

    select
        incident_id,
        source_system,
        source_table,
        rule_id,
        valid_from,
        valid_to
    from outages

)

select * from final
