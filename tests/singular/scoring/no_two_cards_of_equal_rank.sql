{# Two cards that fit an account on the same day with equal rank leave the choice to chance. #}
{%- set ranks, meetings = [], [] -%}
{%- for criterion in card_criteria() -%}
    {%- do ranks.append(
        "case when cards." ~ criterion ~ " = '*' then 0 else specificities." ~ criterion
        ~ "_specificity end"
    ) -%}
    {%- do meetings.append(
        "coalesce(nullif(ranked_cards." ~ criterion ~ ", '*'), rivals." ~ criterion
        ~ ")\n        = coalesce(nullif(rivals." ~ criterion ~ ", '*'), ranked_cards." ~ criterion ~ ")"
    ) -%}
{%- endfor -%}

with

cards as (

    select
        *,
        {{ seed_row() }} as file_row
    from {{ ref('cards') }}

),

card_criteria as (

    select * from {{ ref('card_criteria') }}

),

specificities as (

    select
        {%- for criterion in card_criteria() %}
        max(specificity) filter (where criterion = '{{ criterion }}')
            as {{ criterion }}_specificity,
        {%- endfor %}
        score_version
    from card_criteria
    group by score_version

),

ranked_cards as (

    select
        cards.*,
        {{ ranks | join('\n        + ') }} as specificity
    from cards
    inner join specificities on cards.score_version = specificities.score_version

),

final as (

    select
        'seeds/scorecards/cards.csv, row ' || {{ told_row('rivals.file_row') }}
        || ': card ' || rivals.card_id || ' has the rank of card ' || ranked_cards.card_id
        || ' (row ' || {{ told_row('ranked_cards.file_row') }}
        || ') for the same accounts' as told
    from ranked_cards
    inner join ranked_cards as rivals
        on
            ranked_cards.score_version = rivals.score_version
            and ranked_cards.specificity = rivals.specificity
            and ranked_cards.card_id < rivals.card_id
            and ranked_cards.valid_from < coalesce(rivals.valid_to, {{ latest_date() }})
            and rivals.valid_from < coalesce(ranked_cards.valid_to, {{ latest_date() }})
    where
        {{ meetings | join('\n        and ') }}

)

select * from final
