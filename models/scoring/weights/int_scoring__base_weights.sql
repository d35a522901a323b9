with

metric_weights as (

    select * from {{ ref('metric_weights') }}

),

objective_weights as (

    select * from {{ ref('objective_weights') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

weights as (

    select
        score_version,
        'metric' as node_type,
        dimension_id as parent_id,
        metric_id as node_id,
        weight,
        valid_from,
        valid_to
    from metric_weights
    union all
    select
        score_version,
        'dimension' as node_type,
        objective_id as parent_id,
        dimension_id as node_id,
        weight,
        {{ earliest_date() }} as valid_from,
        cast(null as date) as valid_to
    from objective_weights

),

starts as (

    select distinct
        weights.score_version,
        weights.node_type,
        weights.parent_id,
        weights.valid_from
    from weights
    inner join score_versions on weights.score_version = score_versions.score_version
    where score_versions.is_published

),

{# Weights of a group are shares of one another, so they hold from one change of it to the next. #}
periods as (

    select
        score_version,
        node_type,
        parent_id,
        valid_from,
        lead(valid_from) over (
            partition by score_version, node_type, parent_id order by valid_from
        ) as valid_to
    from starts

),

final as (

    select
        periods.score_version,
        periods.node_type,
        periods.parent_id,
        weights.node_id,
        weights.weight,
        periods.valid_from,
        periods.valid_to
    from periods
    inner join weights
        on
            periods.score_version = weights.score_version
            and periods.node_type = weights.node_type
            and periods.parent_id = weights.parent_id
            and {{ valid_on('periods.valid_from', 'weights') }}

)

select * from final
