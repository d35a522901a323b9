with

subscription_history as (

    select * from {{ ref('stg_stripe__subscription_history') }}

),

ordered_versions as (

    select
        subscription_id,
        customer_id,
        status,
        quantity,
        term_months,
        is_auto_renew,
        committed_units,
        has_unlimited_seats,
        collection_method,
        recorded_at,
        version_start_at,
        row_number() over subscription_versions as version_number,
        lead(version_start_at) over subscription_versions as next_version_start_at,
        lead(ended_at) over subscription_versions as next_ended_at,
        lead(recorded_at) over subscription_versions as next_recorded_at,
        min(coalesce(starts_at, created_at, version_start_at)) over (
            partition by subscription_id
        ) as subscription_starts_at
    from subscription_history
    where coalesce(is_live_mode, true)
    window subscription_versions as (
        partition by subscription_id
        order by version_start_at, recorded_at
    )

),

dated_versions as (

    select
        subscription_id,
        customer_id,
        status,
        version_number,
        quantity,
        term_months,
        is_auto_renew,
        committed_units,
        has_unlimited_seats,
        collection_method,
        recorded_at,
        next_recorded_at,
        {{ reporting_date('subscription_starts_at') }} as subscription_starts_on,
        {# The first version begins with the subscription, whenever the loader first saw it. #}
        {{ reporting_date(
            'case when version_number = 1 then subscription_starts_at else version_start_at end'
        ) }} as starts_on,
        {#
            A cancellation may be entered late; it then ends the version before it on its own
            date.
        #}
        {{ reporting_date(
            earlier_end('next_version_start_at', 'next_ended_at')
        ) }} as next_starts_on
    from ordered_versions
    where status in ('trialing', 'active', 'past_due', 'unpaid')

),

final as (

    select
        subscription_id,
        customer_id,
        version_number,
        quantity,
        term_months,
        is_auto_renew,
        collection_method = 'charge_automatically' as is_auto_pay,
        status = 'trialing' as is_trial,
        committed_units,
        has_unlimited_seats,
        subscription_starts_on,
        starts_on,
        case
            when next_starts_on is not null then greatest(starts_on, next_starts_on)
        end as ends_on,
        recorded_at,
        {{ known_on('starts_on', 'recorded_at') }} as known_on,
        case
            when next_starts_on is not null
                then {{ known_on('greatest(starts_on, next_starts_on)', 'next_recorded_at') }}
        end as ended_known_on
    from dated_versions

)

select * from final
