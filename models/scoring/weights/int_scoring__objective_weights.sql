with

card_weights as (

    select * from {{ ref('int_scoring__card_weights') }}

),

final as (

    select
        score_version,
        card_id,
        parent_id as objective_id,
        node_id as dimension_id,
        weight
    from card_weights
    where
        node_type = 'dimension'
        and weight > 0

)

select * from final
