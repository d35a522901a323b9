with

contributions as (

    select * from {{ ref('fct_account_health_contributions') }}

),

final as (

    select
        account_id,
        as_of_date,
        objective_id,
        metric_id,
        contribution_points,
        unknown_points
    from contributions
    where as_of_date = {{ as_of_date() }}

)

select * from final
