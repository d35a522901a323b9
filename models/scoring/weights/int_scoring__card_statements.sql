with

card_weights as (

    select * from {{ ref('card_weights') }}

),

lineages as (

    select * from {{ ref('int_metrics_cards__lineages') }}

),

base_weights as (

    select * from {{ ref('int_scoring__base_weights') }}

),

own_lineages as (

    select
        score_version,
        card_id
    from lineages
    where distance = 0

),

groups_of_nodes as (

    select distinct
        node_type,
        parent_id,
        node_id
    from base_weights

),

{# What a card says of one objective goes before what it says of all. #}
ranked_statements as (

    select
        card_weights.card_id,
        groups_of_nodes.node_type,
        groups_of_nodes.parent_id,
        groups_of_nodes.node_id,
        card_weights.weight_kind,
        card_weights.amount,
        card_weights.outcomes,
        row_number() over (
            partition by
                card_weights.card_id,
                groups_of_nodes.node_type,
                groups_of_nodes.parent_id,
                groups_of_nodes.node_id
            order by case when card_weights.objective_id = '*' then 1 else 0 end
        ) as statement_rank
    from card_weights
    inner join own_lineages
        on
            card_weights.score_version = own_lineages.score_version
            and card_weights.card_id = own_lineages.card_id
    inner join groups_of_nodes
        on
            card_weights.node_type = groups_of_nodes.node_type
            and card_weights.node_id = groups_of_nodes.node_id
            and card_weights.objective_id in ('*', groups_of_nodes.parent_id)

),

final as (

    select
        card_id,
        node_type,
        parent_id,
        node_id,
        weight_kind,
        amount,
        outcomes
    from ranked_statements
    where statement_rank = 1

)

select * from final
