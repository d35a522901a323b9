with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

market_events as (

    select * from {{ ref('int_metrics_market__events') }}

),

final as (

    select
        spine.account_id,
        spine.as_of_date,
        'insolvency_or_acquisition' as signal_id,
        cast(1 as {{ type_double() }}) as signal_value,
        'Insolvency or acquisition reported for '
        || cast(market_events.last_ownership_event_on as {{ dbt.type_string() }}) as evidence
    from spine
    inner join market_events
        on
            spine.account_id = market_events.account_id
            and spine.as_of_date = market_events.as_of_date
    where market_events.last_ownership_event_on is not null

)

select * from final
