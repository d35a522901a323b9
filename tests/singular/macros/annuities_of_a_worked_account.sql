{# MRR 1000, margin 0.75, 0.18 in 180 days, a tenth a year, 36 months: with the payment that is due now one factor less. #}
with

factors as (

    select
        power(1 - 0.18, 30.4375 / 180) as retention,
        power(1 - 0.18, 30.4375 / 180) / (1 + {{ monthly_rate('0.10') }}) as factor

),

figures as (

    select
        retention,
        750 * ({{ annuity('factor', '36') }}) as residual_value,
        750 * ({{ annuity('factor', '36') }}) / factor as due_now_value,
        {{ annuity('1', '36') }} as nothing_lost,
        {{ annuity('0', '36') }} as all_lost,
        {{ annuity('factor', '0') }} as no_months
    from factors

)

select *
from figures
where
    abs(retention - 0.966999) > 5e-7
    or abs(residual_value - 13726.734244) > 5e-6
    or abs(due_now_value - 14308.379625) > 5e-6
    or nothing_lost != 36
    or all_lost != 0
    or no_months != 0
