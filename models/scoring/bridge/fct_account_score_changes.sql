{{ config(materialized='view') }}

{% set summed_terms = ['metric', 'baseline', 'quality', 'weight', 'card'] %}

with

date_pairs as (

    select * from {{ ref('int_scoring_bridge__date_pairs') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

metric_terms as (

    select * from {{ ref('int_scoring_bridge__metric_terms') }}

),

{# The score with all its terms is there even where too little is known to publish it. #}
full_scores as (

    select
        health_scores.*,
        health_scores.model_score
        + health_scores.clamp_points
        + health_scores.gate_points
        + health_scores.override_points as full_score,
        health_scores.weighted_score - health_scores.typical_weighted_score as weighted_gap
    from health_scores
    where health_scores.model_score is not null

),

paired_scores as (

    select
        date_pairs.account_id,
        date_pairs.since_date,
        date_pairs.as_of_date,
        date_pairs.periods_apart,
        later_scores.objective_id,
        since_scores.health_score as since_health_score,
        later_scores.health_score,
        since_scores.band as since_band,
        later_scores.band,
        since_scores.full_score as since_full_score,
        later_scores.full_score,
        {%- for term in ['clamp', 'gate', 'override'] %}
        later_scores.{{ term }}_points - since_scores.{{ term }}_points as {{ term }}_points,
        {%- endfor %}
        later_scores.full_score - since_scores.full_score as change_points,
        later_scores.base_score - since_scores.base_score
        + (later_scores.gain - since_scores.gain)
        * {{ midpoint('since_scores.weighted_gap', 'later_scores.weighted_gap') }}
            as scaling_points
    from date_pairs
    inner join full_scores as since_scores
        on
            date_pairs.account_id = since_scores.account_id
            and date_pairs.since_date = since_scores.as_of_date
    inner join full_scores as later_scores
        on
            date_pairs.account_id = later_scores.account_id
            and date_pairs.as_of_date = later_scores.as_of_date
            and since_scores.objective_id = later_scores.objective_id

),

all_terms as (

    select
        {%- for term in summed_terms %}
        coalesce(metric_terms.{{ term }}_points, 0) as {{ term }}_points,
        {%- endfor %}
        paired_scores.*
    from paired_scores
    left join metric_terms
        on
            paired_scores.account_id = metric_terms.account_id
            and paired_scores.since_date = metric_terms.since_date
            and paired_scores.as_of_date = metric_terms.as_of_date
            and paired_scores.periods_apart = metric_terms.periods_apart
            and paired_scores.objective_id = metric_terms.objective_id

),

final as (

    select
        account_id,
        since_date,
        as_of_date,
        periods_apart,
        objective_id,
        since_health_score,
        health_score,
        since_band,
        band,
        since_full_score,
        full_score,
        change_points,
        {%- for term in change_reasons() %}
        {{ term }}_points,
        {%- endfor %}
        nullif(
            concat_ws(
                ', '
                {%- for term, reason in change_reasons().items() %},
                {{ reason_text(term ~ '_points', reason) | indent(16) }}
                {%- endfor %}
            ),
            ''
        ) as change_text
    from all_terms

)

select * from final
