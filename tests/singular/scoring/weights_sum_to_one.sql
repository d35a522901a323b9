{# Shares of a dimension and of an objective sum to one, on every day on which a weight starts. #}
with

metric_weights as (

    select
        *,
        {{ seed_row() }} as file_row
    from {{ ref('metric_weights') }}

),

objective_weights as (

    select
        *,
        {{ seed_row() }} as file_row
    from {{ ref('objective_weights') }}

),

starts as (

    select distinct
        score_version,
        dimension_id,
        valid_from
    from metric_weights

),

weight_sums as (

    select
        'metric_weights' as seed_name,
        starts.score_version,
        starts.dimension_id as parent,
        sum(metric_weights.weight) as weight_sum,
        min(metric_weights.file_row) as first_row,
        max(metric_weights.file_row) as last_row
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
    union all
    select
        'objective_weights' as seed_name,
        score_version,
        objective_id as parent,
        sum(weight) as weight_sum,
        min(file_row) as first_row,
        max(file_row) as last_row
    from objective_weights
    group by score_version, objective_id

),

final as (

    select
        'seeds/scoring_model/' || seed_name || '.csv, rows ' || {{ told_row('first_row') }}
        || ' to ' || {{ told_row('last_row') }} || ': the weights of ' || parent || ' in '
        || score_version || ' sum to '
        || cast(round(weight_sum, 6) as {{ dbt.type_string() }}) as told
    from weight_sums
    where abs(weight_sum - 1) > 1e-9

)

select * from final
