with

checked as (

    {{ checked_source('stripe', 'subscription_history') }}

),

final as (

    select
        id as subscription_id,
        customer_id,
        status,
        collection_method,
        cancellation_details_reason as cancellation_reason,
        quantity,
        {{ try_cast(json_number('metadata', 'term_months'), 'integer') }} as term_months,
        {{ json_number('metadata', 'committed_units') }} as committed_units,
        days_until_due,
        start_date as starts_at,
        created as created_at,
        current_period_start as current_period_start_at,
        current_period_end as current_period_end_at,
        cancel_at,
        canceled_at,
        ended_at,
        trial_start as trial_start_at,
        trial_end as trial_end_at,
        _fivetran_start as version_start_at,
        _fivetran_end as version_end_at,
        _fivetran_active as is_current_version,
        cancel_at_period_end as is_cancel_at_period_end,
        {{ json_flag('metadata', 'auto_renew') }} as is_auto_renew,
        coalesce({{ json_flag('metadata', 'unlimited_seats') }}, false) as has_unlimited_seats,
        livemode as is_live_mode,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
