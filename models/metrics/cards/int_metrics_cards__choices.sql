{%- set specificities, matches = [], [] -%}
{%- for criterion in card_criteria() -%}
    {%- do specificities.append('coalesce(' ~ criterion ~ '_specificity, 0)') -%}
    {%- do matches.append(criterion ~ '_match') -%}
{%- endfor -%}

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

fitting_cards as (

    select
        account_kinds.*,
        cards.score_version,
        cards.card_id
        {%- for criterion in card_criteria() %},
        case when cards.{{ criterion }} != '*' then '{{ criterion }} ' || cards.{{ criterion }} end
            as {{ criterion }}_match,
        case when cards.{{ criterion }} != '*' then specificities.{{ criterion }}_specificity end
            as {{ criterion }}_specificity
        {%- endfor %}
    from account_kinds
    inner join cards
        on
            {{ valid_on('account_kinds.as_of_date', 'cards') }}
            {%- for criterion in card_criteria() %}
            and cards.{{ criterion }} in ('*', account_kinds.{{ criterion }})
            {%- endfor %}
    inner join score_versions on cards.score_version = score_versions.score_version
    inner join specificities on cards.score_version = specificities.score_version
    where score_versions.is_published

),

weighed_cards as (

    select
        *,
        {{ specificities | join('\n        + ') }} as specificity,
        concat_ws(
            ', ',
            {{ matches | join(',\n            ') }}
        ) as matches
    from fitting_cards

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
    from weighed_cards

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
            when matches = '' then 'no narrower card fits'
            else
                matches || ': the narrowest of '
                || cast(fitting_count as {{ dbt.type_string() }}) || ' cards that fit'
        end as card_reason
    from ranked_cards
    where card_rank = 1

)

select * from final
