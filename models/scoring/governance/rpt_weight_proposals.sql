with

weight_proposals as (

    select * from {{ ref('weight_proposals') }}

),

objective_weights as (

    select * from {{ ref('objective_weights') }}

),

objective_mixes as (

    select * from {{ ref('objective_mixes') }}

),

ranked_proposals as (

    select
        score_version,
        objective_id,
        dimension_id,
        function_id,
        weight,
        row_number() over (
            partition by score_version, objective_id, dimension_id
            order by weight, function_id
        ) as rank_from_low,
        row_number() over (
            partition by score_version, objective_id, dimension_id
            order by weight desc, function_id asc
        ) as rank_from_high
    from weight_proposals

),

medians as (

    select
        score_version,
        objective_id,
        dimension_id,
        count(*) as proposal_count,
        percentile_cont(0.5) within group (order by weight) as median_weight,
        min(weight) as lowest_weight,
        max(function_id) filter (where rank_from_low = 1) as lowest_function_id,
        max(weight) as highest_weight,
        max(function_id) filter (where rank_from_high = 1) as highest_function_id
    from ranked_proposals
    group by score_version, objective_id, dimension_id

),

{# Medians of several dimensions need not add up to 1, so they are scaled. #}
agreed_weights as (

    select
        *,
        median_weight / nullif(
            sum(median_weight) over (partition by score_version, objective_id), 0
        ) as agreed_weight
    from medians

),

mixed_weights as (

    select
        objective_mixes.score_version,
        objective_mixes.objective_id,
        agreed_weights.dimension_id,
        sum(objective_mixes.share * agreed_weights.agreed_weight) as agreed_weight
    from objective_mixes
    inner join agreed_weights
        on
            objective_mixes.score_version = agreed_weights.score_version
            and objective_mixes.part_objective_id = agreed_weights.objective_id
    group by
        objective_mixes.score_version,
        objective_mixes.objective_id,
        agreed_weights.dimension_id

),

final as (

    select
        objective_weights.score_version,
        objective_weights.objective_id,
        objective_weights.dimension_id,
        objective_weights.weight as published_weight,
        coalesce(agreed_weights.agreed_weight, mixed_weights.agreed_weight) as agreed_weight,
        case
            when agreed_weights.agreed_weight is not null then 'median of the proposals'
            when mixed_weights.agreed_weight is not null then 'mix of other objectives'
            else 'no proposals'
        end as derivation,
        coalesce(agreed_weights.proposal_count, 0) as proposal_count,
        agreed_weights.lowest_weight,
        agreed_weights.lowest_function_id,
        agreed_weights.highest_weight,
        agreed_weights.highest_function_id,
        agreed_weights.highest_weight - agreed_weights.lowest_weight as disagreement
    from objective_weights
    left join agreed_weights
        on
            objective_weights.score_version = agreed_weights.score_version
            and objective_weights.objective_id = agreed_weights.objective_id
            and objective_weights.dimension_id = agreed_weights.dimension_id
    left join mixed_weights
        on
            objective_weights.score_version = mixed_weights.score_version
            and objective_weights.objective_id = mixed_weights.objective_id
            and objective_weights.dimension_id = mixed_weights.dimension_id

)

select * from final
