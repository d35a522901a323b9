with

states as (

    select * from {{ ref('int_metrics_billing__states') }}

),

{# From the state and not from the metric: a feed that falls silent must not lift a cap. #}
final as (

    select
        account_id,
        as_of_date,
        'max_days_past_due' as signal_id,
        cast(days_past_due as {{ type_double() }}) as signal_value,
        'The oldest undisputed open invoice is '
        || cast(days_past_due as {{ dbt.type_string() }}) || ' days past due' as evidence
    from states
    where days_past_due > 0

)

select * from final
