with

states as (

    select * from {{ ref('int_metrics_usage__states') }}

),

evidence as (

    select
        *,
        {{ days_between('last_user_on', 'as_of_date') }} as idle_days
    from states

),

{# An account that was never used has been idle for as long as it has been a customer. #}
final as (

    select
        account_id,
        as_of_date,
        'days_without_activity' as signal_id,
        cast(coalesce(idle_days, tenure_days) as {{ type_double() }}) as signal_value,
        case
            when last_user_on is null then 'no user was ever active'
            else 'no user active since ' || cast(last_user_on as {{ dbt.type_string() }})
        end as evidence
    from evidence
    where
        telemetry_hint is null
        and tenure_days >= {{ metric_parameter('days_without_activity', 'min_tenure_days') }}
        and coalesce(idle_days, tenure_days)
        >= {{ metric_parameter('days_without_activity', 'shortest_days') }}
    union all
    select
        account_id,
        as_of_date,
        'telemetry_dark_days' as signal_id,
        cast(silent_days as {{ type_double() }}) as signal_value,
        'no signal since ' || cast(last_signal_on as {{ dbt.type_string() }}) as evidence
    from evidence
    where telemetry_hint = 'stale' and is_paying

)

select * from final
