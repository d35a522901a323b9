with

metered_units as (

    select * from {{ ref('int_billing__metered_units') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

final as (

    select
        metered_units.consumption_id,
        invoices.account_id,
        metered_units.subscription_id,
        metered_units.units,
        metered_units.period_start,
        metered_units.period_end,
        metered_units.recorded_at,
        greatest(metered_units.known_on, invoices.known_on) as known_on
    from metered_units
    inner join invoices
        on metered_units.invoice_id = invoices.invoice_id

)

select * from final
