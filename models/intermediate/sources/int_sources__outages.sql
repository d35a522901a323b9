with

incidents as (

    select * from {{ ref('stg_derived__source_incidents') }}

),

final as (

    select
        incident_id,
        source_system,
        source_table,
        rule_id,
        opened_on as valid_from,
        closed_on as valid_to
    from incidents

)

select * from final
