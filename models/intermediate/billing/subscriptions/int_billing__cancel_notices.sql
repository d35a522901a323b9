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
        ) as has_notice,
        row_number() over (
            partition by subscription_id order by version_start_at, recorded_at
        ) as version_number
    from subscription_history
    where coalesce(is_live_mode, true)

),

{# The first later version without the request takes it back. #}
notice_versions as (

    select
        subscription_id,
        customer_id,
        term_months,
        recorded_at,
        notice_at,
        effective_at,
        version_number,
        has_notice,
        lag(has_notice) over (
            partition by subscription_id order by version_number
        ) as had_notice,
        min(
            case
                when not has_notice and status != 'canceled'
                    then {{ known_on('version_start_at', 'recorded_at') }}
            end
        ) over (
            partition by subscription_id order by version_number
            rows between 1 following and unbounded following
        ) as withdrawn_on
    from flagged_versions

),

numbered_notices as (

    select
        subscription_id,
        customer_id,
        term_months,
        recorded_at,
        notice_at,
        effective_at,
        withdrawn_on,
        row_number() over (
            partition by subscription_id order by version_number
        ) as notice_number
    from notice_versions
    where has_notice and not coalesce(had_notice, false)

),

final as (

    select
        {{ surrogate_key(['subscription_id', 'notice_number']) }} as notice_id,
        subscription_id,
        customer_id,
        case
            when term_months > 1 then 'non_renewal'
            else 'cancel_request'
        end as notice_type,
        {{ reporting_date('notice_at') }} as notice_on,
        {{ reporting_date('effective_at') }} as effective_on,
        withdrawn_on,
        recorded_at,
        {{ known_on('notice_at', 'recorded_at') }} as known_on
    from numbered_notices

)

select * from final
