{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'invoice_id'}}
) }}

with

currencies as (

    select * from {{ ref('currencies') }}

),

checked as (

    {{ checked_source('stripe', 'invoice') }}

),

final as (

    select
        checked.id as invoice_id,
        checked.customer_id,
        checked.subscription_id,
        checked.charge_id,
        checked.number as invoice_number,
        checked.status as invoice_status,
        {{ snake_case('checked.billing_reason') }} as billing_reason,
        checked.collection_method,
        checked.currency,
        {{ minor_units_to_amount('checked.amount_due') }} as due_amount,
        {{ minor_units_to_amount('checked.amount_paid') }} as paid_amount,
        {{ minor_units_to_amount('checked.amount_remaining') }} as remaining_amount,
        {{ minor_units_to_amount('checked.subtotal') }} as subtotal_amount,
        {{ minor_units_to_amount('checked.tax') }} as tax_amount,
        {{ minor_units_to_amount('checked.total') }} as total_amount,
        checked.attempt_count,
        checked.created as created_at,
        checked.due_date as due_at,
        checked.period_start as period_start_at,
        checked.period_end as period_end_at,
        checked.status_transitions_finalized_at as finalized_at,
        checked.status_transitions_paid_at as paid_at,
        checked.status_transitions_voided_at as voided_at,
        checked.status_transitions_marked_uncollectible_at as written_off_at,
        checked.livemode as is_live_mode,
        checked.recorded_at,
        checked.last_recorded_at
    from checked
    left join currencies
        on checked.currency = currencies.currency

)

select * from final
