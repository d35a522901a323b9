{{ config(materialized='view') }}

with

refunds as (

    select * from {{ ref('stg_stripe__refund') }}

),

disputes as (

    select * from {{ ref('stg_stripe__dispute') }}

),

credit_notes as (

    select * from {{ ref('stg_stripe__credit_note') }}

),

credit_reasons as (

    select * from {{ ref('credit_reasons') }}

),

payments as (

    select * from {{ ref('int_billing__payments') }}

),

plan_rates as (

    select * from {{ ref('int_billing__plan_rates') }}

),

charge_adjustments as (

    select
        refund_id as adjustment_id,
        charge_id,
        'refund' as adjustment_type,
        currency,
        amount,
        created_at,
        recorded_at
    from refunds
    where coalesce(refund_status, 'succeeded') not in ('failed', 'canceled')
    union all
    select
        dispute_id as adjustment_id,
        charge_id,
        'dispute' as adjustment_type,
        currency,
        amount,
        created_at,
        recorded_at
    from disputes

),

{#
    Goodwill is given by our own choice, so it must not read as a fault; only its memo tells it
    apart. A credit note that was voided has counted until then.
#}
adjustments as (

    select
        charge_adjustments.adjustment_id,
        payments.customer_id,
        payments.invoice_id,
        charge_adjustments.adjustment_type,
        charge_adjustments.currency,
        charge_adjustments.amount,
        charge_adjustments.created_at,
        charge_adjustments.recorded_at,
        cast(null as date) as voided_on
    from charge_adjustments
    inner join payments
        on charge_adjustments.charge_id = payments.payment_id
    union all
    select
        credit_notes.credit_note_id as adjustment_id,
        null as customer_id,
        credit_notes.invoice_id,
        case
            when credit_notes.is_goodwill then 'goodwill_credit'
            else coalesce(credit_reasons.adjustment_type, 'billing_error_credit')
        end as adjustment_type,
        credit_notes.currency,
        credit_notes.amount,
        credit_notes.created_at,
        credit_notes.recorded_at,
        case
            when credit_notes.voided_at is not null or credit_notes.credit_status = 'void'
                then {{ known_on(
                    'coalesce(credit_notes.voided_at, credit_notes.created_at)',
                    'credit_notes.last_recorded_at'
                ) }}
        end as voided_on
    from credit_notes
    left join credit_reasons
        on credit_notes.credit_reason = credit_reasons.credit_reason

),

final as (

    select
        adjustments.adjustment_id,
        adjustments.customer_id,
        adjustments.invoice_id,
        adjustments.adjustment_type,
        adjustments.amount * plan_rates.plan_rate as amount,
        {{ reporting_date('adjustments.created_at') }} as adjusted_on,
        adjustments.voided_on,
        adjustments.recorded_at,
        {{ known_on('adjustments.created_at', 'adjustments.recorded_at') }} as known_on
    from adjustments
    left join plan_rates
        on adjustments.currency = plan_rates.currency

)

select * from final
