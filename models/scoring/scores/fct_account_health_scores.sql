{{ config(materialized='incremental', meta={'affected_by': 'int_scoring__affected_dates'}) }}

with

account_spine as (

    select * from {{ ref('fct_account_spine') }}
    {{ affected_only('int_scoring__affected_dates') }}

),

scorecards as (

    select * from {{ ref('fct_account_scorecards') }}

),

model_versions as (

    select * from {{ ref('model_versions') }}

),

objectives as (

    select * from {{ ref('int_scoring__objectives') }}

),

final_scores as (

    select * from {{ ref('int_scoring__final_scores') }}
    {{ affected_only('int_scoring__affected_dates') }}

),

bands as (

    select * from {{ ref('bands') }}

),

confidence_levels as (

    select * from {{ ref('confidence_levels') }}

),

{# Every account has a row at every date, whether or not anything is known about it. #}
expected_scores as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        objectives.objective_id,
        account_spine.is_current,
        account_spine.is_eligible,
        account_spine.ineligible_reason,
        objectives.score_version,
        scorecards.card_id,
        case
            when account_spine.as_of_date >= model_versions.review_by then 'review_overdue'
            when account_spine.as_of_date < model_versions.valid_from then 'restated'
            else 'in_force'
        end as version_status,
        objectives.base_score,
        objectives.gain
    from account_spine
    cross join objectives
    left join scorecards
        on
            account_spine.account_id = scorecards.account_id
            and account_spine.as_of_date = scorecards.as_of_date
    left join model_versions on objectives.score_version = model_versions.score_version

),

final as (

    select
        expected_scores.account_id,
        expected_scores.as_of_date,
        expected_scores.objective_id,
        expected_scores.is_current,
        expected_scores.is_eligible,
        expected_scores.ineligible_reason,
        expected_scores.score_version,
        expected_scores.card_id,
        expected_scores.version_status,
        expected_scores.base_score,
        expected_scores.gain,
        final_scores.applicable_weight,
        final_scores.weighted_score,
        final_scores.typical_weighted_score,
        final_scores.model_score,
        final_scores.clamp_points,
        final_scores.gate_points,
        final_scores.gated_score,
        coalesce(final_scores.override_points, 0) as override_points,
        final_scores.override_id,
        case when final_scores.coverage_rank > 0 then final_scores.final_score end
            as health_score,
        final_scores.low_score,
        final_scores.high_score,
        coalesce(final_scores.coverage, 0) as coverage,
        confidence_levels.confidence,
        final_scores.score_se,
        final_scores.binding_gate_id,
        raw_bands.band as raw_band,
        case
            when final_scores.coverage_rank > 0 then bands.band
            else 'insufficient_data'
        end as band,
        case when final_scores.coverage_rank > 0 then final_scores.band_rank end as band_rank
    from expected_scores
    left join final_scores
        on
            expected_scores.account_id = final_scores.account_id
            and expected_scores.as_of_date = final_scores.as_of_date
            and expected_scores.objective_id = final_scores.objective_id
    left join confidence_levels
        on
            expected_scores.score_version = confidence_levels.score_version
            and coalesce(final_scores.confidence_rank, 0) = confidence_levels.confidence_rank
    left join bands
        on
            expected_scores.score_version = bands.score_version
            and final_scores.band_rank = bands.band_rank
    left join bands as raw_bands
        on
            expected_scores.score_version = raw_bands.score_version
            and final_scores.raw_band_rank = raw_bands.band_rank

)

select * from final
