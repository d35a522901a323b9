{# Usage is grouped by a number that stands for the account: two accounts must never share one. #}
with

firsts_and_lasts as (

    select * from {{ ref('int_metrics_usage__firsts_and_lasts') }}

),

final as (

    select account_key
    from firsts_and_lasts
    group by account_key
    having min(account_id) != max(account_id)

)

select * from final
