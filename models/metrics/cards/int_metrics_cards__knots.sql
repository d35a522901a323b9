with

lineages as (

    select * from {{ ref('int_metrics_cards__lineages') }}

),

card_knots as (

    select * from {{ ref('card_knots') }}

),

metric_knots as (

    select * from {{ ref('metric_knots') }}

),

base_cards as (

    select
        score_version,
        card_id
    from lineages
    where card_level = 0

),

stated_knots as (

    select
        card_knots.card_id,
        card_knots.metric_id,
        card_knots.knot_number,
        card_knots.metric_value,
        card_knots.metric_score
    from card_knots
    inner join base_cards on card_knots.score_version = base_cards.score_version
    union all
    select
        base_cards.card_id,
        metric_knots.metric_id,
        metric_knots.knot_number,
        metric_knots.metric_value,
        metric_knots.metric_score
    from metric_knots
    cross join base_cards

),

{# A card states all thresholds of a metric or none; else those of the nearest card below hold. #}
ranked_knots as (

    select
        lineages.card_id,
        stated_knots.metric_id,
        stated_knots.knot_number,
        stated_knots.metric_value,
        stated_knots.metric_score,
        dense_rank() over (
            partition by lineages.card_id, stated_knots.metric_id
            order by lineages.distance
        ) as nearness
    from lineages
    inner join stated_knots on lineages.ancestor_card_id = stated_knots.card_id

),

final as (

    select
        card_id,
        metric_id,
        knot_number,
        metric_value,
        metric_score
    from ranked_knots
    where nearness = 1

)

select * from final
