with

checked as (

    {{ checked_source('market', 'firmographic') }}

),

final as (

    select
        domain,
        employee_count,
        vintage_date,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
