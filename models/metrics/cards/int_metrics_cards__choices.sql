with

cards as (

    select * from {{ ref('cards') }}

),

card_criteria as (

    select * from {{ ref('card_criteria') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

{# Accounts that look alike on a date get the same card, so it is chosen once for all of them. #}
account_kinds as (

    select distinct
        {%- for criterion in card_criteria() %}
        coalesce({{ criterion }}, 'unknown') as {{ criterion }},
        {%- endfor %}
        as_of_date
    from account_spine

),

asked as (

    {% for criterion in card_criteria() -%}
    select
        score_version,
        card_id,
        '{{ criterion }}' as criterion,
        {{ criterion }} as asked_value
    from cards
    where {{ criterion }} != '*'
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

card_scopes as (

    select
        asked.score_version,
        asked.card_id,
        sum(card_criteria.specificity) as specificity,
        {{ dbt.listagg(
            "asked.criterion || ' ' || asked.asked_value",
            "', '",
            "order by card_criteria.specificity desc"
        ) }} as asks
    from asked
    inner join card_criteria
        on
            asked.score_version = card_criteria.score_version
            and asked.criterion = card_criteria.criterion
    group by asked.score_version, asked.card_id

),

fitting_cards as (

    select
        account_kinds.*,
        cards.score_version,
        cards.card_id,
        coalesce(card_scopes.specificity, 0) as specificity,
        card_scopes.asks
    from account_kinds
    inner join cards
        on
            {{ valid_on('account_kinds.as_of_date', 'cards') }}
            {%- for criterion in card_criteria() %}
            and cards.{{ criterion }} in ('*', account_kinds.{{ criterion }})
            {%- endfor %}
    inner join score_versions on cards.score_version = score_versions.score_version
    left join card_scopes
        on
            cards.score_version = card_scopes.score_version
            and cards.card_id = card_scopes.card_id
    where score_versions.is_published

),

ranked_cards as (

    select
        *,
        row_number() over (
            partition by as_of_date, {{ card_criteria() | join(', ') }}
            order by specificity desc, card_id asc
        ) as card_rank,
        count(*) over (
            partition by as_of_date, {{ card_criteria() | join(', ') }}
        ) as fitting_count
    from fitting_cards

),

final as (

    select
        as_of_date,
        {%- for criterion in card_criteria() %}
        {{ criterion }},
        {%- endfor %}
        score_version,
        card_id,
        case
            when asks is null then 'no narrower card fits'
            else
                asks || ': the narrowest of '
                || cast(fitting_count as {{ dbt.type_string() }}) || ' cards that fit'
        end as card_reason
    from ranked_cards
    where card_rank = 1

)

select * from final
