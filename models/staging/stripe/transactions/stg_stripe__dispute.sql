with

currencies as (

    select * from {{ ref('currencies') }}

),

checked as (

    {{ checked_source('stripe', 'dispute') }}

),

final as (

    select
        checked.id as dispute_id,
        checked.charge_id,
        {{ snake_case('checked.reason') }} as dispute_reason,
        {{ snake_case('checked.status') }} as dispute_status,
        checked.currency,
        {{ minor_units_to_amount('checked.amount') }} as amount,
        checked.created as created_at,
        checked.recorded_at,
        checked.last_recorded_at
    from checked
    left join currencies
        on checked.currency = currencies.currency

)

select * from final
