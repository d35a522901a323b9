{{ config(materialized='view') }}

with

invoice_lines as (

    select * from {{ ref('stg_stripe__invoice_line_item') }}

),

prices as (

    select * from {{ ref('int_billing__prices') }}

),

{# Units are known once the period is over and its line was loaded. #}
final as (

    select
        invoice_lines.invoice_line_item_id as consumption_id,
        invoice_lines.invoice_id,
        invoice_lines.subscription_id,
        cast(invoice_lines.quantity as {{ type_double() }}) as units,
        {{ reporting_date('invoice_lines.period_start_at') }} as period_start,
        {{ reporting_date('invoice_lines.period_end_at') }} as period_end,
        invoice_lines.recorded_at,
        {{ known_on('invoice_lines.period_end_at', 'invoice_lines.recorded_at') }} as known_on
    from invoice_lines
    inner join prices
        on invoice_lines.price_id = prices.price_id
    where prices.is_metered

)

select * from final
