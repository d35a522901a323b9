{{ config(materialized='incremental') }}

with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

scoring_dates as (

    select * from {{ ref('int_crm__scoring_dates') }}

),

{#
    Terms and versions of one subscription follow each other, so they are one span before dates
    multiply them.
#}
paid_spans as (

    select
        account_id,
        subscription_id,
        min(starts_on) as starts_on,
        min(known_on) as known_on,
        {{ latest_or_open('ends_on') }} as ends_on,
        {{ latest_or_open('ended_known_on') }} as ended_known_on
    from account_lines
    where mrr_contract_amount > 0
    group by
        account_id,
        subscription_id

),

known_spans as (

    select
        paid_spans.account_id,
        scoring_dates.as_of_date,
        paid_spans.starts_on,
        case
            when paid_spans.ended_known_on <= scoring_dates.as_of_date then paid_spans.ends_on
            else {{ add_days('scoring_dates.as_of_date', 1) }}
        end as paid_until
    from paid_spans
    inner join scoring_dates
        on paid_spans.known_on <= scoring_dates.as_of_date
    where {{ is_changed({
        'paid_spans.account_id': 'int_changes__billing_accounts',
        'scoring_dates.as_of_date': 'int_changes__scoring_dates',
    }) }}

),

covered_spans as (

    select
        account_id,
        as_of_date,
        starts_on,
        paid_until,
        max(paid_until) over (
            partition by account_id, as_of_date
            order by starts_on, paid_until
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from known_spans

),

final as (

    select
        account_id,
        as_of_date,
        max(starts_on) filter (
            where covered_until is null
            or {{ add_days('covered_until', setting('churn_gap_days')) }} < starts_on
        ) as period_start,
        max(paid_until) as paid_until
    from covered_spans
    group by
        account_id,
        as_of_date

)

select * from final
