{{ config(materialized='view') }}

with

metric_scores as (

    select * from {{ ref('fct_account_metric_scores') }}

),

final as (

    select
        account_id,
        as_of_date,
        card_id,
        dimension_id,
        metric_id,
        metric_value,
        input_status,
        quality,
        typical_score,
        effective_score,
        is_applicable
    from metric_scores
    where as_of_date = {{ as_of_date() }}

)

select * from final
