with

current_contributions as (

    select * from {{ ref('int_scoring__current_contributions') }}

),

metric_scores as (

    select * from {{ ref('int_scoring__current_metric_scores') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

measures as (

    select 'moved' as measure
    union all
    select 'unknown' as measure

),

{# Each metric is a candidate twice: for the points that it moves, and for those that it leaves
   open. Only keys and points are ranked; a window over wide rows would cost several times as much. #}
candidates as (

    select
        current_contributions.account_id,
        current_contributions.as_of_date,
        current_contributions.objective_id,
        current_contributions.metric_id,
        current_contributions.contribution_points,
        current_contributions.unknown_points,
        case
            when measures.measure = 'unknown' then 'unknown'
            when current_contributions.contribution_points < 0 then 'negative'
            else 'positive'
        end as driver_kind,
        round(
            case
                when measures.measure = 'unknown' then current_contributions.unknown_points
                else abs(current_contributions.contribution_points)
            end,
            {{ score_digits() }}
        ) as driver_size
    from current_contributions
    cross join measures

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
            order by driver_size desc, metric_id asc
        ) as driver_rank
    from candidates
    where driver_size > 0

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
    inner join score_versions
        on
            score_versions.is_published
            and ranked_drivers.driver_rank <= case ranked_drivers.driver_kind
                when 'negative' then score_versions.negative_driver_count
                when 'positive' then score_versions.positive_driver_count
                else score_versions.unknown_driver_count
            end
    inner join catalogue on ranked_drivers.metric_id = catalogue.metric_id
    inner join metric_scores
        on
            ranked_drivers.account_id = metric_scores.account_id
            and ranked_drivers.metric_id = metric_scores.metric_id

)

select * from final
