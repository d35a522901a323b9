with

drivers as (

    select * from {{ ref('rpt_account_drivers') }}

),

texts as (

    select
        account_id,
        driver_kind,
        driver_rank,
        case
            when driver_kind = 'unknown' then metric_name
            else {{ driver_text('metric_name', 'metric_value', 'unit', 'contribution_points') }}
        end as driver_text
    from drivers
    where objective_id = 'overall'

),

final as (

    select
        {%- for kind in ['negative', 'positive', 'unknown'] %}
        nullif(
            concat_ws(
                '; '
                {%- for rank in shown_ranks() %},
                max(driver_text) filter (
                    where driver_kind = '{{ kind }}' and driver_rank = {{ rank }}
                )
                {%- endfor %}
            ),
            ''
        ) as {{ kind }}_drivers,
        {%- endfor %}
        account_id
    from texts
    group by account_id

)

select * from final
