with

currencies as (

    select * from {{ ref('currencies') }}

),

checked as (

    {{ checked_source('stripe', 'credit_note') }}

),

final as (

    select
        checked.id as credit_note_id,
        checked.invoice_id,
        checked.reason as credit_reason,
        {{ snake_case('checked.status') }} as credit_status,
        checked.currency,
        {{ minor_units_to_amount('checked.amount') }} as amount,
        checked.created as created_at,
        checked.voided_at,
        {{ mentions('checked.memo', 'goodwill') }} as is_goodwill,
        checked.recorded_at,
        checked.last_recorded_at
    from checked
    left join currencies
        on checked.currency = currencies.currency

)

select * from final
