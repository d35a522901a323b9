with

fx_plan_rates as (

    select * from {{ ref('fx_plan_rates') }}

),

{#
    One fiscal year's rates hold for all dates: two years side by side would look like growth or
    loss.
#}
plan_rates as (

    select
        currency,
        cast(plan_rate as {{ type_double() }}) as rate_to_usd
    from fx_plan_rates
    where fiscal_year = {{ setting('plan_rate_fiscal_year') }}

),

reporting_rates as (

    select rate_to_usd
    from plan_rates
    where currency = '{{ setting("reporting_currency") }}'

),

final as (

    select
        plan_rates.currency,
        plan_rates.rate_to_usd / nullif(reporting_rates.rate_to_usd, 0) as plan_rate
    from plan_rates
    cross join reporting_rates

)

select * from final
