{{ config(materialized='view') }}

with

date_pairs as (

    select * from {{ ref('int_scoring_bridge__date_pairs') }}

),

dimension_shares as (

    select * from {{ ref('int_scoring_bridge__dimension_shares') }}

),

final as (

    select
        date_pairs.account_id,
        date_pairs.since_date,
        date_pairs.as_of_date,
        date_pairs.periods_apart,
        since_shares.objective_id,
        since_shares.dimension_id,
        since_shares.score_version != later_shares.score_version
        or since_shares.card_id != later_shares.card_id as has_other_card,
        {{ midpoint('since_shares.gain', 'later_shares.gain') }} as gain,
        since_shares.objective_share as since_objective_share,
        later_shares.objective_share
    from date_pairs
    inner join dimension_shares as since_shares
        on
            date_pairs.account_id = since_shares.account_id
            and date_pairs.since_date = since_shares.as_of_date
    inner join dimension_shares as later_shares
        on
            date_pairs.account_id = later_shares.account_id
            and date_pairs.as_of_date = later_shares.as_of_date
            and since_shares.objective_id = later_shares.objective_id
            and since_shares.dimension_id = later_shares.dimension_id

)

select * from final
