with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

account_survivors as (

    select * from {{ ref('int_identity__account_survivors') }}

),

{# A merged account's money is the survivor's, or a merge would read as a loss. #}
paid_lines as (

    select
        account_survivors.survivor_account_id as account_id,
        account_lines.starts_on,
        account_lines.ends_on,
        account_lines.term_ends_on,
        cast(account_lines.mrr as numeric(18, 4)) as mrr
    from account_lines
    inner join account_survivors
        on
            account_lines.account_id = account_survivors.account_id
            and account_survivors.valid_to is null
    where
        account_lines.mrr > 0
        and not account_lines.is_trial

),

{# Who has not renewed yet may still do so until the gap that ends a customer has passed. #}
expiries as (

    select
        account_id,
        term_ends_on as expired_on,
        {{ add_days('term_ends_on', setting('churn_gap_days')) }} as judged_on,
        sum(mrr) as expiring_mrr
    from paid_lines
    where
        ends_on = term_ends_on
        and {{ add_days('term_ends_on', setting('churn_gap_days')) }} <= {{ as_of_date() }}
    group by account_id, term_ends_on

),

account_sums as (

    select
        expiries.account_id,
        expiries.expired_on,
        expiries.expiring_mrr,
        coalesce(sum(paid_lines.mrr) filter (
            where
            paid_lines.starts_on < expiries.expired_on
            and coalesce(paid_lines.ends_on >= expiries.expired_on, true)
        ), 0) as mrr_before,
        coalesce(sum(paid_lines.mrr) filter (
            where
            paid_lines.starts_on <= expiries.expired_on
            and coalesce(paid_lines.ends_on > expiries.expired_on, true)
        ), 0) as mrr_at_once,
        coalesce(sum(paid_lines.mrr) filter (
            where
            paid_lines.starts_on <= expiries.judged_on
            and coalesce(paid_lines.ends_on > expiries.judged_on, true)
        ), 0) as mrr_when_judged
    from expiries
    inner join paid_lines on expiries.account_id = paid_lines.account_id
    group by expiries.account_id, expiries.expired_on, expiries.expiring_mrr

),

{# Renewed is what the account pays more than its other contracts, on that day or once the gap has
   passed. So a renewal under another plan counts, and growth elsewhere does so up to what expired. #}
final as (

    select
        account_id,
        expired_on,
        cast(expiring_mrr as numeric(18, 4)) as expiring_mrr,
        cast(
            least(
                expiring_mrr,
                greatest(
                    0,
                    mrr_at_once - (mrr_before - expiring_mrr),
                    mrr_when_judged - (mrr_before - expiring_mrr)
                )
            ) as numeric(18, 4)
        ) as renewed_mrr
    from account_sums

)

select * from final
