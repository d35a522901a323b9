with

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

card_priors as (

    select * from {{ ref('int_metrics_cards__priors') }}

),

knots as (

    select * from {{ ref('int_metrics__knots') }}

),

final as (

    select
        card_priors.card_id,
        catalogue.metric_id,
        catalogue.direction,
        catalogue.normaliser,
        catalogue.peer_level_1,
        catalogue.peer_level_2,
        catalogue.peer_precision,
        catalogue.lowest_step,
        catalogue.highest_step,
        catalogue.z_limit,
        catalogue.logistic_steepness,
        catalogue.winsor_low,
        catalogue.winsor_high,
        {%- for number in range(1, knot_limit() + 1) %}
        knots.knot_value_{{ number }},
        knots.knot_score_{{ number }},
        knots.knot_slope_{{ number }},
        {%- endfor %}
        knots.last_knot_score,
        knots.anchor_steepness,
        knots.anchor_midpoint,
        card_priors.baseline_version,
        card_priors.typical_score,
        card_priors.score_sd
    from catalogue
    inner join card_priors on catalogue.metric_id = card_priors.metric_id
    left join knots
        on
            card_priors.card_id = knots.card_id
            and card_priors.metric_id = knots.metric_id

)

select * from final
