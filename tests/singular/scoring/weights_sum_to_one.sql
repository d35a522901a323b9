{# Shares of a dimension and of an objective sum to one, on every day on which a weight starts. #}
with

metric_weights as (

    select * from {{ ref('metric_weights') }}

),

objective_weights as (

    select * from {{ ref('objective_weights') }}

),

starts as (

    select distinct
        score_version,
        dimension_id,
        valid_from
    from metric_weights

),

final as (

    select
        starts.score_version,
        starts.dimension_id as parent,
        sum(metric_weights.weight) as weight_sum
    from starts
    inner join metric_weights
        on
            starts.score_version = metric_weights.score_version
            and starts.dimension_id = metric_weights.dimension_id
            and starts.valid_from >= metric_weights.valid_from
            and (
                metric_weights.valid_to is null
                or starts.valid_from < metric_weights.valid_to
            )
    group by starts.score_version, starts.dimension_id, starts.valid_from
    having abs(sum(metric_weights.weight) - 1) > 1e-9
    union all
    select
        score_version,
        objective_id as parent,
        sum(weight) as weight_sum
    from objective_weights
    group by score_version, objective_id
    having abs(sum(weight) - 1) > 1e-9

)

select * from final
