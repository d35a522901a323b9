with

market_events as (

    select * from {{ ref('int_metrics_market__events') }}

),

final as (

    select
        account_id,
        as_of_date,
        'insolvency_or_acquisition' as signal_id,
        cast(1 as {{ type_double() }}) as signal_value,
        'Insolvency or acquisition reported for '
        || cast(last_ownership_event_on as {{ dbt.type_string() }}) as evidence
    from market_events
    where last_ownership_event_on is not null

)

select * from final
