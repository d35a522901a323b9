{{ config(materialized='incremental') }}

with

dimension_scores as (

    select * from {{ ref('fct_account_dimension_scores') }}
    {{ affected_only() }}

),

scorecards as (

    select * from {{ ref('fct_account_scorecards') }}

),

objective_weights as (

    select * from {{ ref('int_scoring__objective_weights') }}

),

objectives as (

    select * from {{ ref('int_scoring__objectives') }}

),

objective_sums as (

    select
        dimension_scores.account_id,
        dimension_scores.as_of_date,
        objective_weights.objective_id,
        {{ settled('sum(objective_weights.weight)') }} as applicable_weight,
        {{ settled('sum(objective_weights.weight * dimension_scores.dimension_score)') }}
            as score_sum,
        {{ settled('sum(objective_weights.weight * dimension_scores.typical_score)') }}
            as typical_sum,
        {{ settled('sum(objective_weights.weight * dimension_scores.coverage)') }}
            as known_sum,
        {{ settled('sum(objective_weights.weight * dimension_scores.worst_score)') }}
            as worst_sum,
        {{ settled(
            'sum(power(objective_weights.weight, 2) * dimension_scores.score_variance)'
        ) }} as variance_sum
    from dimension_scores
    inner join scorecards
        on
            dimension_scores.account_id = scorecards.account_id
            and dimension_scores.as_of_date = scorecards.as_of_date
    inner join objective_weights
        on
            scorecards.card_id = objective_weights.card_id
            and dimension_scores.dimension_id = objective_weights.dimension_id
    where dimension_scores.applicable_weight > 0
    group by
        dimension_scores.account_id,
        dimension_scores.as_of_date,
        objective_weights.objective_id

),

weighted_scores as (

    select
        account_id,
        as_of_date,
        objective_id,
        applicable_weight,
        score_sum / nullif(applicable_weight, 0) as weighted_score,
        typical_sum / nullif(applicable_weight, 0) as typical_weighted_score,
        known_sum / nullif(applicable_weight, 0) as coverage,
        worst_sum / nullif(applicable_weight, 0) as worst_weighted_score,
        (worst_sum + 100 * (applicable_weight - known_sum))
        / nullif(applicable_weight, 0) as best_weighted_score,
        variance_sum / nullif(applicable_weight * applicable_weight, 0) as weighted_variance
    from objective_sums

),

scaled_scores as (

    select
        weighted_scores.*,
        objectives.score_version,
        objectives.base_score,
        objectives.gain,
        {% for kind in ['weighted', 'worst_weighted', 'best_weighted'] -%}
        objectives.base_score
        + objectives.gain
        * (weighted_scores.{{ kind }}_score - weighted_scores.typical_weighted_score)
            as scaled_{{ kind }}_score,
        {% endfor -%}
        objectives.gain * sqrt(weighted_scores.weighted_variance) as score_se
    from weighted_scores
    inner join objectives on weighted_scores.objective_id = objectives.objective_id

),

final as (

    select
        account_id,
        as_of_date,
        objective_id,
        score_version,
        base_score,
        gain,
        applicable_weight,
        weighted_score,
        typical_weighted_score,
        coverage,
        scaled_weighted_score as model_score,
        {{ clamp_score('scaled_weighted_score') }} as clamped_score,
        {{ clamp_score('scaled_worst_weighted_score') }} as low_clamped_score,
        {{ clamp_score('scaled_best_weighted_score') }} as high_clamped_score,
        score_se
    from scaled_scores

)

select * from final
