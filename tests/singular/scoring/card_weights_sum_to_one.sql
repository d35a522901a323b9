{# What the statements of a card come to: shares of a dimension or an objective, none below 0. #}
with

card_weights as (

    select * from {{ ref('int_scoring__card_weights') }}

),

statements as (

    select
        card_id,
        node_type,
        objective_id,
        node_id,
        {{ seed_row() }} as file_row
    from {{ ref('card_weights') }}

),

weight_sums as (

    select
        card_id,
        node_type,
        parent_id,
        valid_from,
        sum(weight) as weight_sum,
        min(weight) as lowest_weight
    from card_weights
    group by card_id, node_type, parent_id, valid_from

),

{# A statement about a metric belongs to its dimension, one about a dimension to its objective. #}
statements_of_groups as (

    select distinct
        card_weights.card_id,
        card_weights.node_type,
        card_weights.parent_id,
        statements.file_row
    from statements
    inner join card_weights
        on
            statements.card_id = card_weights.card_id
            and statements.node_type = card_weights.node_type
            and statements.node_id = card_weights.node_id
            and statements.objective_id in ('*', card_weights.parent_id)

),

final as (

    select
        'seeds/scorecards/card_weights.csv, rows '
        || {{ told_row('min(statements_of_groups.file_row)') }}
        || ' to '
        || {{ told_row('max(statements_of_groups.file_row)') }}
        || ': the weights of card ' || weight_sums.card_id || ' in ' || weight_sums.parent_id
        || ' sum to ' || cast(round(weight_sums.weight_sum, 6) as {{ dbt.type_string() }})
        || ', the lowest is '
        || cast(round(weight_sums.lowest_weight, 6) as {{ dbt.type_string() }})
            as told
    from weight_sums
    left join statements_of_groups
        on
            weight_sums.card_id = statements_of_groups.card_id
            and weight_sums.node_type = statements_of_groups.node_type
            and weight_sums.parent_id = statements_of_groups.parent_id
    where abs(weight_sums.weight_sum - 1) > 1e-9 or weight_sums.lowest_weight < 0
    group by
        weight_sums.card_id,
        weight_sums.parent_id,
        weight_sums.valid_from,
        weight_sums.weight_sum,
        weight_sums.lowest_weight

)

select * from final
