{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'invoice_line_item_id'}}
) }}

with

currencies as (

    select * from {{ ref('currencies') }}

),

checked as (

    {{ checked_source('stripe', 'invoice_line_item') }}

),

final as (

    select
        checked.id as invoice_line_item_id,
        checked.invoice_id,
        checked.subscription_id,
        checked.subscription_item_id,
        checked.price_id,
        {{ snake_case('checked.type') }} as line_type,
        checked.currency,
        {{ minor_units_to_amount('checked.amount') }} as amount,
        checked.quantity,
        checked.period_start as period_start_at,
        checked.period_end as period_end_at,
        checked.proration as is_proration,
        checked.recorded_at,
        checked.last_recorded_at
    from checked
    left join currencies
        on checked.currency = currencies.currency

)

select * from final
