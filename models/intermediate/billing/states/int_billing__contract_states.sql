{{ config(materialized='incremental') }}

with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

cancel_notices as (

    select * from {{ ref('int_billing__cancel_notices') }}

),

scoring_dates as (

    select * from {{ ref('int_crm__scoring_dates') }}

),

{# A line whose end was not known yet still stood at that date. Of unknown kind it is a plan. #}
standing_lines as (

    select
        account_lines.account_id,
        scoring_dates.as_of_date,
        account_lines.subscription_line_id,
        account_lines.subscription_id,
        account_lines.quantity,
        account_lines.mrr,
        account_lines.is_trial,
        account_lines.has_unlimited_seats,
        account_lines.committed_units,
        coalesce(account_lines.product_kind, 'plan') = 'plan' as is_plan
    from account_lines
    inner join scoring_dates
        on
            account_lines.known_on <= scoring_dates.as_of_date
            and (
                account_lines.ended_known_on is null
                or account_lines.ended_known_on > scoring_dates.as_of_date
            )
    where {{ is_changed({
        'account_lines.account_id': 'int_changes__billing_accounts',
        'scoring_dates.as_of_date': 'int_changes__scoring_dates',
    }) }}

),

ranked_lines as (

    select
        account_id,
        as_of_date,
        subscription_line_id,
        row_number() over (
            partition by account_id, as_of_date
            order by
                case when is_plan then 0 else 1 end asc,
                mrr desc nulls last,
                subscription_line_id asc
        ) as line_rank
    from standing_lines

),

main_lines as (

    select
        ranked_lines.account_id,
        ranked_lines.as_of_date,
        account_lines.plan_tier,
        account_lines.contract_type,
        account_lines.is_auto_pay,
        account_lines.term_months,
        account_lines.term_starts_on
    from ranked_lines
    inner join account_lines
        on ranked_lines.subscription_line_id = account_lines.subscription_line_id
    where ranked_lines.line_rank = 1

),

totals as (

    select
        account_id,
        as_of_date,
        cast(sum(cast(mrr as numeric(18, 4))) as {{ type_double() }}) as mrr,
        case
            when count(*) filter (where is_plan and quantity is null) = 0
                then cast(sum(quantity) filter (where is_plan) as integer)
        end as seats,
        count(*) filter (where is_plan and has_unlimited_seats) > 0 as has_unlimited_seats,
        count(*) filter (where committed_units > 0) > 0 as has_commitment,
        count(*) filter (where is_trial) > 0 as has_trial
    from standing_lines
    group by account_id, as_of_date

),

noticed as (

    select distinct
        standing_lines.account_id,
        standing_lines.as_of_date
    from standing_lines
    inner join cancel_notices
        on
            standing_lines.subscription_id = cancel_notices.subscription_id
            and standing_lines.is_plan
            and standing_lines.as_of_date >= cancel_notices.known_on
            and (
                cancel_notices.withdrawn_on is null
                or standing_lines.as_of_date < cancel_notices.withdrawn_on
            )

),

final as (

    select
        totals.account_id,
        totals.as_of_date,
        totals.mrr,
        totals.seats,
        totals.has_unlimited_seats,
        totals.has_commitment,
        totals.has_trial,
        main_lines.plan_tier,
        main_lines.contract_type,
        main_lines.is_auto_pay,
        {{ next_term_start(
            'main_lines.term_starts_on', 'main_lines.term_months', 'totals.as_of_date'
        ) }} as renewal_on,
        noticed.account_id is not null as has_notice
    from totals
    inner join main_lines
        on
            totals.account_id = main_lines.account_id
            and totals.as_of_date = main_lines.as_of_date
    left join noticed
        on totals.account_id = noticed.account_id and totals.as_of_date = noticed.as_of_date

)

select * from final
