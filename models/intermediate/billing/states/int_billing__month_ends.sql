with

months_back as (

    {{ number_series(var('movement_months')) }}

),

{# Only months that are over: a movement is a fact of a whole month. #}
final as (

    select
        {{ add_days(
            add_months(
                "cast(date_trunc('month', " ~ add_days(as_of_date(), 1) ~ ") as date)",
                '-months_back.series_number'
            ),
            -1
        ) }} as month_end
    from months_back

)

select * from final
