{{ config(materialized='incremental') }}

with

account_spine as (

    select * from {{ ref('fct_account_spine') }}
    {{ affected_only() }}

),

choices as (

    select * from {{ ref('int_metrics_cards__choices') }}

),

final as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        choices.score_version,
        choices.card_id,
        choices.card_reason
    from account_spine
    inner join choices
        on
            account_spine.as_of_date = choices.as_of_date
            {%- for criterion in card_criteria() %}
            and coalesce(account_spine.{{ criterion }}, 'unknown') = choices.{{ criterion }}
            {%- endfor %}

)

select * from final
