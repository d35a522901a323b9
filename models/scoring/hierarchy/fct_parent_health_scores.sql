with

child_totals as (

    select * from {{ ref('int_scoring_hierarchy__child_totals') }}

),

account_ancestors as (

    select * from {{ ref('bridge_account_ancestors') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

tops as (

    select distinct
        ancestor_account_id as account_id,
        as_of_date
    from account_ancestors
    where is_top

),

own_states as (

    select
        child_totals.parent_account_id,
        child_totals.as_of_date,
        child_totals.objective_id,
        tops.account_id is not null as is_top,
        account_spine.is_current,
        account_spine.mrr as own_mrr,
        case when health_scores.is_eligible then health_scores.health_score end as own_score,
        case when health_scores.is_eligible then health_scores.band end as own_band
    from child_totals
    inner join account_spine
        on
            child_totals.parent_account_id = account_spine.account_id
            and child_totals.as_of_date = account_spine.as_of_date
    inner join health_scores
        on
            child_totals.parent_account_id = health_scores.account_id
            and child_totals.as_of_date = health_scores.as_of_date
            and child_totals.objective_id = health_scores.objective_id
    left join tops
        on
            child_totals.parent_account_id = tops.account_id
            and child_totals.as_of_date = tops.as_of_date

),

final as (

    select
        own_states.parent_account_id,
        own_states.as_of_date,
        own_states.objective_id,
        own_states.is_current,
        own_states.is_top,
        child_totals.child_count,
        child_totals.descendant_count,
        child_totals.scored_count,
        own_states.own_mrr,
        child_totals.below_mrr,
        own_states.own_mrr + child_totals.below_mrr as group_mrr,
        own_states.own_score,
        own_states.own_band,
        case
            when child_totals.below_mrr is null then 'mrr_unknown'
            when child_totals.below_mrr <= 0 then 'nobody_below_pays'
            when coalesce(child_totals.scored_mrr, 0) <= 0 then 'nobody_below_scored'
            else 'scored'
        end as rollup_status,
        child_totals.scored_points / nullif(child_totals.scored_mrr, 0) as weighted_score,
        child_totals.low_points / nullif(child_totals.below_mrr, 0) as weighted_low_score,
        child_totals.high_points / nullif(child_totals.below_mrr, 0) as weighted_high_score,
        coalesce(child_totals.scored_mrr, 0) / nullif(child_totals.below_mrr, 0)
            as scored_mrr_ratio,
        child_totals.worst_score,
        child_totals.worst_account_id,
        case when child_totals.scored_arr > 0 then coalesce(child_totals.red_arr, 0) end as red_arr,
        coalesce(child_totals.red_arr, 0) / nullif(child_totals.scored_arr, 0) as red_arr_ratio,
        case when child_totals.below_mrr is not null then coalesce(child_totals.notice_arr, 0) end
            as notice_arr
    from own_states
    inner join child_totals
        on
            own_states.parent_account_id = child_totals.parent_account_id
            and own_states.as_of_date = child_totals.as_of_date
            and own_states.objective_id = child_totals.objective_id

)

select * from final
