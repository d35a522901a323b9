{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'charge_id'}}
) }}

with

currencies as (

    select * from {{ ref('currencies') }}

),

checked as (

    {{ checked_source('stripe', 'charge') }}

),

final as (

    select
        checked.id as charge_id,
        checked.customer_id,
        checked.invoice_id,
        checked.status as charge_status,
        {{ snake_case('checked.failure_code') }} as failure_code,
        checked.currency,
        {{ minor_units_to_amount('checked.amount') }} as amount,
        {{ minor_units_to_amount('checked.amount_refunded') }} as refunded_amount,
        checked.created as created_at,
        checked.paid as is_paid,
        checked.captured as is_captured,
        checked.refunded as is_refunded,
        checked.recorded_at,
        checked.last_recorded_at
    from checked
    left join currencies
        on checked.currency = currencies.currency

)

select * from final
