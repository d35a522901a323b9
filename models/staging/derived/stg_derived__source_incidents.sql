with

checked as (

    {{ checked_source('derived', 'source_incidents') }}

),

final as (

    select
        incident_id,
        system as source_system,
        rule_id,
        table_name as source_table,
        opened_on,
        closed_on
    from checked

)

select * from final
