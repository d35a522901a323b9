{# Two per cent a month and five in sixty days, by the year; a tenth a year, by the month. #}
with

figures as (

    select
        {{ annual_ratio('0.02', '1') }} as from_month,
        {{ annual_ratio('0.05', '(60 / 365.0 * 12)') }} as from_sixty_days,
        {{ annual_ratio('0.25', '12') }} as from_year,
        {{ monthly_rate('0.10') }} as by_month

)

select *
from figures
where
    abs(from_month - 0.215283) > 5e-7
    or abs(from_sixty_days - 0.268044) > 5e-7
    or abs(from_year - 0.25) > 1e-12
    or abs(by_month - 0.007974) > 5e-7
