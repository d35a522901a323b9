with

base_weights as (

    select * from {{ ref('int_scoring__base_weights') }}

),

lineages as (

    select * from {{ ref('int_metrics_cards__lineages') }}

),

statements as (

    select * from {{ ref('int_scoring__card_statements') }}

),

card_settings as (

    select * from {{ ref('card_settings') }}

),

weights_0 as (

    select
        lineages.card_id,
        base_weights.*
    from base_weights
    inner join lineages
        on
            base_weights.score_version = lineages.score_version
            and lineages.card_level = 0

),

{# A card takes the weights of the card below it. What it gives as a weight stands; the others, each
   scaled or moved as it says, share what is left. #}
{%- for level in card_levels() %}

stated_{{ level }} as (

    select
        lineages.card_id,
        weights.score_version,
        weights.node_type,
        weights.parent_id,
        weights.node_id,
        weights.valid_from,
        weights.valid_to,
        case when statements.weight_kind = 'weight' then statements.amount end as fixed_weight,
        case
            when statements.weight_kind = 'weight' then null
            when statements.weight_kind = 'multiplier' then weights.weight * statements.amount
            when statements.weight_kind = 'estimate'
                then {{ shrunk(
                    'statements.amount',
                    'statements.outcomes',
                    'weights.weight',
                    'card_settings.estimate_kappa'
                ) }}
            else weights.weight
        end as free_weight
    from weights_{{ level - 1 }} as weights
    inner join lineages
        on
            weights.card_id = lineages.ancestor_card_id
            and lineages.distance = 1
            and lineages.card_level = {{ level }}
    inner join card_settings on weights.score_version = card_settings.score_version
    left join statements
        on
            lineages.card_id = statements.card_id
            and weights.node_type = statements.node_type
            and weights.parent_id = statements.parent_id
            and weights.node_id = statements.node_id

),

weights_{{ level }} as (

    select
        card_id,
        score_version,
        node_type,
        parent_id,
        node_id,
        coalesce(
            fixed_weight,
            {{ settled("free_weight * " ~ shared_rest('fixed_weight', 'free_weight')) }},
            0
        ) as weight,
        valid_from,
        valid_to
    from stated_{{ level }}

),
{%- endfor %}

all_weights as (

    select * from weights_0
    {%- for level in card_levels() %}
    union all by name
    select * from weights_{{ level }}
    {%- endfor %}

),

final as (

    select
        score_version,
        card_id,
        node_type,
        parent_id,
        node_id,
        weight,
        valid_from,
        valid_to
    from all_weights

)

select * from final
