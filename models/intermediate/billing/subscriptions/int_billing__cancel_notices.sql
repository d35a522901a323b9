with

subscription_history as (

    select * from {{ ref('stg_stripe__subscription_history') }}

),

{# A replaced contract and a failed payment end a subscription without anybody asking for it. #}
flagged_versions as (

    select
        subscription_id,
        customer_id,
        status,
        term_months,
        version_start_at,
        recorded_at,
        coalesce(canceled_at, version_start_at) as notice_at,
        coalesce(cancel_at, ended_at, current_period_end_at) as effective_at,
        coalesce(cancellation_reason, 'cancellation_requested') = 'cancellation_requested'
        and (
            coalesce(is_cancel_at_period_end, false)
            or (status = 'canceled' and canceled_at < ended_at)
        ) as has_notice
    from subscription_history
    where coalesce(is_live_mode, true)

),

marked_versions as (

    select
        subscription_id,
        customer_id,
        status,
        term_months,
        version_start_at,
        recorded_at,
        notice_at,
        effective_at,
        has_notice,
        has_notice and not coalesce(
            lag(has_notice) over (
                partition by subscription_id
                order by version_start_at, recorded_at
            ),
            false
        ) as is_notice_start
    from flagged_versions

),

numbered_versions as (

    select
        subscription_id,
        customer_id,
        status,
        term_months,
        version_start_at,
        recorded_at,
        notice_at,
        effective_at,
        has_notice,
        is_notice_start,
        sum(case when is_notice_start then 1 else 0 end) over (
            partition by subscription_id
            order by version_start_at, recorded_at
            rows between unbounded preceding and current row
        ) as notice_number
    from marked_versions

),

withdrawals as (

    select
        subscription_id,
        notice_number,
        min({{ known_on('version_start_at', 'recorded_at') }}) as withdrawn_on
    from numbered_versions
    where
        not has_notice
        and status != 'canceled'
        and notice_number > 0
    group by
        subscription_id,
        notice_number

),

final as (

    select
        {{ surrogate_key([
            'numbered_versions.subscription_id',
            'numbered_versions.notice_number',
        ]) }} as notice_id,
        numbered_versions.subscription_id,
        numbered_versions.customer_id,
        case
            when numbered_versions.term_months > 1 then 'non_renewal'
            else 'cancel_request'
        end as notice_type,
        {{ reporting_date('numbered_versions.notice_at') }} as notice_on,
        {{ reporting_date('numbered_versions.effective_at') }} as effective_on,
        withdrawals.withdrawn_on,
        numbered_versions.recorded_at,
        {{ known_on('numbered_versions.notice_at', 'numbered_versions.recorded_at') }} as known_on
    from numbered_versions
    left join withdrawals
        on
            numbered_versions.subscription_id = withdrawals.subscription_id
            and numbered_versions.notice_number = withdrawals.notice_number
    where numbered_versions.is_notice_start

)

select * from final
