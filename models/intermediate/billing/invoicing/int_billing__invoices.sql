with

invoices as (

    select * from {{ ref('stg_stripe__invoice') }}

),

plan_rates as (

    select * from {{ ref('int_billing__plan_rates') }}

),

{# A draft is not sent yet. Later turns of an invoice count from the load that brought them. #}
final as (

    select
        invoices.invoice_id,
        invoices.customer_id,
        invoices.subscription_id,
        invoices.charge_id,
        {{ reporting_date('coalesce(invoices.finalized_at, invoices.created_at)') }} as issued_on,
        {{ reporting_date(
            'coalesce(invoices.due_at, invoices.finalized_at, invoices.created_at)'
        ) }} as due_on,
        invoices.total_amount * plan_rates.plan_rate as amount,
        invoices.paid_amount * plan_rates.plan_rate as paid_amount,
        coalesce(invoices.collection_method = 'charge_automatically', false) as is_auto_pay,
        case
            when invoices.voided_at is not null
                then {{ known_on('invoices.voided_at', 'invoices.last_recorded_at') }}
        end as voided_on,
        case
            when invoices.written_off_at is not null
                then {{ known_on('invoices.written_off_at', 'invoices.last_recorded_at') }}
        end as written_off_on,
        invoices.paid_at,
        invoices.last_recorded_at,
        invoices.recorded_at,
        {{ known_on(
            'coalesce(invoices.finalized_at, invoices.created_at)', 'invoices.recorded_at'
        ) }} as known_on
    from invoices
    left join plan_rates
        on invoices.currency = plan_rates.currency
    where
        coalesce(invoices.invoice_status, 'open') != 'draft'
        and coalesce(invoices.is_live_mode, true)

)

select * from final
