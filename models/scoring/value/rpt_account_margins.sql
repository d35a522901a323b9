with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

account_costs as (

    select * from {{ ref('account_costs') }}

),

current_costs as (

    select
        account_spine.account_id,
        {{ settled('sum(account_costs.monthly_amount)') }} as monthly_cost,
        cast(count(*) as integer) as cost_type_count
    from account_spine
    inner join account_costs
        on
            account_spine.account_id = account_costs.account_id
            and {{ valid_on('account_spine.as_of_date', 'account_costs') }}
            and account_spine.as_of_date >= account_costs.recorded_on
    where account_spine.is_current
    group by account_spine.account_id

),

{# An account whose costs nobody counted has no margin; a cost of 0 would make it the best. #}
final as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        case
            when current_costs.account_id is null then 'no_cost_data'
            when account_spine.mrr is null then 'mrr_unknown'
            when account_spine.mrr > 0 then 'measured'
            else 'not_paying'
        end as margin_status,
        account_spine.mrr,
        current_costs.cost_type_count,
        current_costs.monthly_cost,
        account_spine.mrr - current_costs.monthly_cost as margin_mrr,
        (account_spine.mrr - current_costs.monthly_cost) / nullif(account_spine.mrr, 0)
            as margin_ratio
    from account_spine
    left join current_costs
        on account_spine.account_id = current_costs.account_id
    where account_spine.is_current

)

select * from final
