with

months_back as (

    {{ number_series(setting('movement_months')) }}

),

month_starts as (

    select
        {{ add_months(
            "cast(date_trunc('month', " ~ add_days(as_of_date(), 1) ~ ") as date)",
            '-months_back.series_number'
        ) }} as next_month_starts_on
    from months_back

),

{# Only months that are over: a movement is a fact of a whole month. #}
final as (

    select
        {{ add_days('next_month_starts_on', -1) }} as month_end,
        {{ add_days(add_months('next_month_starts_on', -1), -1) }} as previous_month_end
    from month_starts

)

select * from final
