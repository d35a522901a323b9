with

contributions as (

    select * from {{ ref('fct_account_health_contributions') }}

),

metric_scores as (

    select
        account_id,
        metric_id,
        metric_value,
        input_status
    from {{ ref('fct_account_metric_scores') }}
    where as_of_date = {{ as_of_date() }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

current_contributions as (

    select
        account_id,
        as_of_date,
        objective_id,
        metric_id,
        contribution_points,
        unknown_points
    from contributions
    where as_of_date = {{ as_of_date() }}

),

candidates as (

    select
        account_id,
        as_of_date,
        objective_id,
        metric_id,
        contribution_points,
        unknown_points,
        'negative' as driver_kind,
        -contribution_points as driver_size
    from current_contributions
    union all
    select
        account_id,
        as_of_date,
        objective_id,
        metric_id,
        contribution_points,
        unknown_points,
        'positive' as driver_kind,
        contribution_points as driver_size
    from current_contributions
    union all
    select
        account_id,
        as_of_date,
        objective_id,
        metric_id,
        contribution_points,
        unknown_points,
        'unknown' as driver_kind,
        unknown_points as driver_size
    from current_contributions

),

ranked_drivers as (

    select
        account_id,
        as_of_date,
        objective_id,
        metric_id,
        contribution_points,
        unknown_points,
        driver_kind,
        row_number() over (
            partition by account_id, objective_id, driver_kind
            order by round(driver_size, {{ score_digits() }}) desc, metric_id
        ) as driver_rank
    from candidates
    where round(driver_size, {{ score_digits() }}) > 0

),

final as (

    select
        ranked_drivers.account_id,
        ranked_drivers.as_of_date,
        ranked_drivers.objective_id,
        ranked_drivers.driver_kind,
        cast(ranked_drivers.driver_rank as integer) as driver_rank,
        ranked_drivers.metric_id,
        catalogue.metric_name,
        metric_scores.metric_value,
        catalogue.unit,
        metric_scores.input_status,
        ranked_drivers.contribution_points,
        ranked_drivers.unknown_points
    from ranked_drivers
    inner join catalogue on ranked_drivers.metric_id = catalogue.metric_id
    inner join metric_scores
        on
            ranked_drivers.account_id = metric_scores.account_id
            and ranked_drivers.metric_id = metric_scores.metric_id
    inner join score_versions
        on
            score_versions.is_published
            and ranked_drivers.driver_rank <= case ranked_drivers.driver_kind
                when 'negative' then score_versions.negative_driver_count
                when 'positive' then score_versions.positive_driver_count
                else score_versions.unknown_driver_count
            end

)

select * from final
