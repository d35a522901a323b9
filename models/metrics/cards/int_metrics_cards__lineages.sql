with

cards as (

    select * from {{ ref('cards') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

published_cards as (

    select
        cards.score_version,
        cards.card_id,
        cards.base_card_id
    from cards
    inner join score_versions on cards.score_version = score_versions.score_version
    where score_versions.is_published

),

step_0 as (

    select
        score_version,
        card_id,
        card_id as ancestor_card_id,
        base_card_id as next_card_id,
        0 as distance
    from published_cards

),

{%- for level in card_levels() %}

step_{{ level }} as (

    select
        step_{{ level - 1 }}.score_version,
        step_{{ level - 1 }}.card_id,
        published_cards.card_id as ancestor_card_id,
        published_cards.base_card_id as next_card_id,
        {{ level }} as distance
    from step_{{ level - 1 }}
    inner join published_cards
        on step_{{ level - 1 }}.next_card_id = published_cards.card_id

),
{%- endfor %}

steps as (

    select * from step_0
    {%- for level in card_levels() %}
    union all
    select * from step_{{ level }}
    {%- endfor %}

),

final as (

    select
        score_version,
        card_id,
        ancestor_card_id,
        distance,
        max(distance) over (partition by card_id) as card_level
    from steps

)

select * from final
