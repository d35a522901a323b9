with

card_weights as (

    select * from {{ ref('int_scoring__card_weights') }}

),

card_priors as (

    select * from {{ ref('int_metrics_cards__priors') }}

),

final as (

    select
        card_weights.score_version,
        card_weights.card_id,
        card_weights.parent_id as dimension_id,
        card_weights.node_id as metric_id,
        card_weights.weight,
        card_priors.score_sd,
        card_weights.valid_from,
        card_weights.valid_to
    from card_weights
    inner join card_priors
        on
            card_weights.card_id = card_priors.card_id
            and card_weights.node_id = card_priors.metric_id
    where card_weights.node_type = 'metric'

)

select * from final
