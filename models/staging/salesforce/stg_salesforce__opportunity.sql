with

checked as (

    {{ checked_source('salesforce', 'opportunity') }}

),

final as (

    select
        id as opportunity_id,
        account_id,
        owner_id,
        type as opportunity_type,
        stage_name,
        {{ snake_case('forecast_category') }} as forecast_category,
        lower(currency_iso_code) as currency,
        amount,
        expected_revenue,
        probability,
        close_date,
        created_date as created_at,
        last_activity_date as last_activity_on,
        is_closed,
        is_won,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
