with

paid_periods as (

    select * from {{ ref('int_billing__paid_periods') }}

),

accounts as (

    select * from {{ ref('dim_accounts') }}

),

subscription_lines as (

    select * from {{ ref('fct_subscription_lines') }}

),

subscription_endings as (

    select * from {{ ref('int_billing__subscription_endings') }}

),

account_notices as (

    select * from {{ ref('fct_account_notices') }}

),

external_events as (

    select * from {{ ref('fct_external_events') }}

),

last_endings as (

    select
        paid_periods.account_id,
        paid_periods.period_number,
        count(*) filter (
            where subscription_endings.cancellation_reason = 'payment_failed'
        ) as failed_payments,
        count(*) filter (
            where subscription_endings.cancellation_reason = 'contract_replaced'
        ) as replaced_contracts,
        count(*) as ended_lines
    from paid_periods
    inner join subscription_lines
        on
            paid_periods.account_id = subscription_lines.account_id
            and paid_periods.churn_date = subscription_lines.ends_on
            and subscription_lines.mrr_contract_amount > 0
    left join subscription_endings
        on subscription_lines.subscription_id = subscription_endings.subscription_id
    group by
        paid_periods.account_id,
        paid_periods.period_number

),

{# The end of the customer, not of its wish to stay. #}
acausal_endings as (

    select distinct
        paid_periods.account_id,
        paid_periods.period_number
    from paid_periods
    inner join external_events
        on
            paid_periods.account_id = external_events.account_id
            and external_events.event_type in ('insolvency', 'acquired')
            and paid_periods.churn_date >= external_events.event_on
            and external_events.event_on
            > {{ add_days('paid_periods.churn_date', '-' ~ setting('acausal_event_days')) }}

),

{# A notice that the account outlived by more than the allowed gap did not lead to this end. #}
first_notices as (

    select
        paid_periods.account_id,
        paid_periods.period_number,
        min(account_notices.notice_on) as notice_on,
        min(account_notices.known_on) as known_on
    from paid_periods
    inner join account_notices
        on
            paid_periods.account_id = account_notices.account_id
            and paid_periods.period_start <= account_notices.notice_on
            and (
                paid_periods.churn_date is null
                or paid_periods.churn_date >= account_notices.notice_on
            )
            and (
                account_notices.effective_on is null
                or coalesce(paid_periods.churn_date, {{ as_of_date() }})
                <= {{ add_days('account_notices.effective_on', setting('churn_gap_days')) }}
            )
    where account_notices.withdrawn_on is null
    group by
        paid_periods.account_id,
        paid_periods.period_number

),

final as (

    select
        paid_periods.account_id,
        paid_periods.period_number,
        paid_periods.period_start,
        paid_periods.churn_date,
        paid_periods.churn_known_at,
        coalesce(first_notices.notice_on, paid_periods.churn_date) as decision_at,
        coalesce(first_notices.known_on, paid_periods.churn_known_at) as decision_known_on,
        case
            when paid_periods.churn_date is null then null
            when
                accounts.merged_on = paid_periods.churn_date
                or last_endings.replaced_contracts = last_endings.ended_lines
                then 'migration'
            when acausal_endings.account_id is not null then 'acausal'
            when last_endings.failed_payments > 0 then 'involuntary'
            else 'voluntary'
        end as churn_type
    from paid_periods
    inner join accounts
        on paid_periods.account_id = accounts.account_id
    left join last_endings
        on
            paid_periods.account_id = last_endings.account_id
            and paid_periods.period_number = last_endings.period_number
    left join acausal_endings
        on
            paid_periods.account_id = acausal_endings.account_id
            and paid_periods.period_number = acausal_endings.period_number
    left join first_notices
        on
            paid_periods.account_id = first_notices.account_id
            and paid_periods.period_number = first_notices.period_number

)

select * from final
