{{ config(materialized='view') }}

with

capped_scores as (

    select * from {{ ref('int_scoring__capped_scores') }}

),

account_overrides as (

    select * from {{ ref('fct_account_overrides') }}

),

thresholds as (

    select * from {{ ref('int_scoring__thresholds') }}

),

{# An override knows nothing of missing data, so it never narrows the bounds: it moves each outwards
   or not at all. #}
overridden_scores as (

    select
        capped_scores.*,
        account_overrides.override_id,
        {{ overridden_score(
            'capped_scores.gated_score', 'account_overrides.override_kind',
            'account_overrides.amount'
        ) }} as final_score,
        least(capped_scores.low_score, {{ overridden_score(
            'capped_scores.low_score', 'account_overrides.override_kind',
            'account_overrides.amount'
        ) }}) as final_low_score,
        greatest(capped_scores.high_score, {{ overridden_score(
            'capped_scores.high_score', 'account_overrides.override_kind',
            'account_overrides.amount'
        ) }}) as final_high_score
    from capped_scores
    left join account_overrides
        on
            capped_scores.account_id = account_overrides.account_id
            and capped_scores.as_of_date = account_overrides.as_of_date
            and capped_scores.objective_id = account_overrides.objective_id

),

ranked_scores as (

    select
        overridden_scores.*,
        overridden_scores.final_score - overridden_scores.gated_score as override_points,
        {{ rank_of('overridden_scores.final_score', 'thresholds.band', 'score') }}
            as final_raw_band_rank
    from overridden_scores
    cross join thresholds

),

{# An override has no hysteresis: it moves the band only its own way, at once, and leaves no trace
   when it ends. #}
final as (

    select
        account_id,
        as_of_date,
        objective_id,
        applicable_weight,
        weighted_score,
        typical_weighted_score,
        model_score,
        clamp_points,
        coverage,
        score_se,
        gated_score,
        gate_points,
        binding_gate_id,
        override_id,
        override_points,
        final_score,
        final_low_score as low_score,
        final_high_score as high_score,
        final_raw_band_rank as raw_band_rank,
        case
            when override_points > 0 then greatest(band_rank, final_raw_band_rank)
            when override_points < 0 then least(band_rank, final_raw_band_rank)
            else band_rank
        end as band_rank,
        coverage_rank,
        confidence_rank
    from ranked_scores

)

select * from final
