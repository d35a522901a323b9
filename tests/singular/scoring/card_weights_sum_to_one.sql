{# What the statements of a card come to: shares of a dimension or an objective, none below 0. #}
with

card_weights as (

    select * from {{ ref('int_scoring__card_weights') }}

),

final as (

    select
        'seeds/scorecards/card_weights.csv' as file_name,
        card_id,
        node_type,
        parent_id,
        valid_from,
        sum(weight) as weight_sum,
        min(weight) as lowest_weight
    from card_weights
    group by card_id, node_type, parent_id, valid_from
    having abs(sum(weight) - 1) > 1e-9 or min(weight) < 0

)

select * from final
