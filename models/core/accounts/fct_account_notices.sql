with

cancel_notices as (

    select * from {{ ref('int_billing__cancel_notices') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

subscription_lines as (

    select * from {{ ref('fct_subscription_lines') }}

),

{# The plan carries the contract. A module that is given up is a contraction, not a notice. #}
plan_subscriptions as (

    select distinct subscription_id
    from subscription_lines
    where coalesce(product_kind, 'plan') = 'plan'

),

final as (

    select
        cancel_notices.notice_id,
        account_sources.account_id,
        cancel_notices.subscription_id,
        cancel_notices.notice_type,
        cancel_notices.notice_on,
        cancel_notices.effective_on,
        cancel_notices.withdrawn_on,
        cancel_notices.recorded_at,
        greatest(
            cancel_notices.known_on, coalesce(account_sources.known_on, cancel_notices.known_on)
        ) as known_on
    from cancel_notices
    inner join plan_subscriptions
        on cancel_notices.subscription_id = plan_subscriptions.subscription_id
    inner join account_sources
        on
            cancel_notices.customer_id = account_sources.source_key
            and account_sources.source_system = 'stripe'
            and {{ valid_on('cancel_notices.notice_on', 'account_sources') }}

)

select * from final
