with

month_ends as (

    select * from {{ ref('int_billing__month_ends') }}

),

changed_months as (

    {{ changed_rows(ref('int_billing__month_ends'), ['month_end']) }}

),

changed_windows as (

    {{ changed_rows(ref('int_retention__windows'), ['month_end']) }}

),

{# What a month began with is told of the month before. #}
final as (

    select month_end from changed_months
    union distinct
    select month_end from changed_windows
    union distinct
    select month_ends.month_end
    from month_ends
    inner join changed_months
        on month_ends.previous_month_end = changed_months.month_end

)

select * from final
