{{ config(materialized='view') }}

with

objective_scores as (

    select * from {{ ref('int_scoring__objective_scores') }}

),

gate_caps as (

    select * from {{ ref('int_scoring__gate_caps') }}

),

band_states as (

    select * from {{ ref('int_scoring__band_states') }}

),

thresholds as (

    select * from {{ ref('int_scoring__thresholds') }}

),

{# A gate caps at once and lifts at once: the band rests on the uncapped score and is capped too. #}
capped_scores as (

    select
        objective_scores.account_id,
        objective_scores.as_of_date,
        objective_scores.objective_id,
        objective_scores.applicable_weight,
        objective_scores.weighted_score,
        objective_scores.typical_weighted_score,
        objective_scores.model_score,
        objective_scores.score_se,
        objective_scores.clamped_score,
        {{ capped('objective_scores.clamped_score', 'gate_caps.gate_cap') }} as gated_score,
        {{ capped('objective_scores.low_clamped_score', 'gate_caps.gate_cap') }} as low_score,
        {{ capped('objective_scores.high_clamped_score', 'gate_caps.gate_cap') }} as high_score,
        objective_scores.coverage,
        gate_caps.binding_gate_id,
        {{ rank_of('gate_caps.gate_cap', 'thresholds.band', 'score') }} as cap_band_rank,
        band_states.band_rank,
        gate_caps.maximum_confidence_rank
    from objective_scores
    left join gate_caps
        on
            objective_scores.account_id = gate_caps.account_id
            and objective_scores.as_of_date = gate_caps.as_of_date
            and objective_scores.objective_id = gate_caps.objective_id
    left join band_states
        on
            objective_scores.account_id = band_states.account_id
            and objective_scores.as_of_date = band_states.as_of_date
            and objective_scores.objective_id = band_states.objective_id
    cross join thresholds

),

final as (

    select
        capped_scores.account_id,
        capped_scores.as_of_date,
        capped_scores.objective_id,
        capped_scores.applicable_weight,
        capped_scores.weighted_score,
        capped_scores.typical_weighted_score,
        capped_scores.model_score,
        capped_scores.clamped_score - capped_scores.model_score as clamp_points,
        capped_scores.coverage,
        capped_scores.score_se,
        capped_scores.gated_score,
        capped_scores.gated_score - capped_scores.clamped_score as gate_points,
        capped_scores.low_score,
        capped_scores.high_score,
        capped_scores.binding_gate_id,
        {{ rank_of('capped_scores.gated_score', 'thresholds.band', 'score') }} as raw_band_rank,
        {{ capped('capped_scores.band_rank', 'capped_scores.cap_band_rank') }} as band_rank,
        {{ rank_of('capped_scores.coverage', 'thresholds.confidence', 'coverage') }}
            as coverage_rank,
        {{ capped(
            rank_of('capped_scores.coverage', 'thresholds.confidence', 'coverage'),
            'capped_scores.maximum_confidence_rank'
        ) }} as confidence_rank
    from capped_scores
    cross join thresholds

)

select * from final
