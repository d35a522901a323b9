with

fx_rates as (

    select * from {{ ref('fx_rates') }}

),

reporting_rates as (

    select
        month_end,
        cast(rate_to_usd as {{ type_double() }}) as rate_to_usd
    from fx_rates
    where currency = '{{ setting("reporting_currency") }}'

),

final as (

    select
        fx_rates.currency,
        fx_rates.month_end,
        cast(fx_rates.rate_to_usd as {{ type_double() }})
        / nullif(reporting_rates.rate_to_usd, 0) as exchange_rate
    from fx_rates
    inner join reporting_rates
        on fx_rates.month_end = reporting_rates.month_end

)

select * from final
