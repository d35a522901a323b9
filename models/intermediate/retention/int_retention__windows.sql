with

month_ends as (

    select * from {{ ref('int_billing__month_ends') }}

),

retention_windows as (

    select * from {{ ref('retention_windows') }}

),

all_windows as (

    select
        month_ends.month_end,
        retention_windows.window_months,
        {{ add_days(
            add_months(add_days('month_ends.month_end', 1), '-retention_windows.window_months'), -1
        ) }} as opening_month_end
    from month_ends
    cross join retention_windows

),

{# A window that opens before the first month that is told would find nobody there. #}
final as (

    select
        all_windows.month_end,
        all_windows.window_months,
        all_windows.opening_month_end
    from all_windows
    inner join month_ends as opening_months
        on all_windows.opening_month_end = opening_months.month_end

)

select * from final
