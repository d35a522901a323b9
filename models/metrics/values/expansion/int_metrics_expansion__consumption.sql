with

active_lines as (

    select * from {{ ref('int_metrics_expansion__active_lines') }}

),

consumption as (

    select * from {{ ref('fct_consumption') }}

),

commitments as (

    select *
    from active_lines
    where
        committed_units > 0
        and term_starts_on is not null
        and term_ends_on > term_starts_on

),

first_measures as (

    select
        account_id,
        min(known_on) as first_known_on
    from consumption
    group by account_id

),

consumed as (

    select
        commitments.account_id,
        commitments.as_of_date,
        commitments.subscription_id,
        commitments.committed_units,
        commitments.term_starts_on,
        commitments.term_ends_on,
        coalesce(sum(consumption.units), 0) as consumed_units,
        max(consumption.period_end) as measured_on
    from commitments
    left join consumption
        on
            commitments.account_id = consumption.account_id
            and commitments.subscription_id = consumption.subscription_id
            and commitments.as_of_date >= consumption.known_on
            and commitments.as_of_date >= consumption.period_end
            and commitments.term_starts_on <= consumption.period_start
    group by
        commitments.account_id,
        commitments.as_of_date,
        commitments.subscription_id,
        commitments.committed_units,
        commitments.term_starts_on,
        commitments.term_ends_on

),

{# The term elapsed is counted up to the last measured day: days that nobody has billed yet are not
   days without consumption. #}
elapsed as (

    select
        consumed.account_id,
        consumed.as_of_date,
        consumed.consumed_units,
        consumed.committed_units,
        cast(
            {{ days_between(
                'consumed.term_starts_on', 'coalesce(consumed.measured_on, consumed.as_of_date)'
            ) }} as {{ type_double() }}
        ) / {{ days_between('consumed.term_starts_on', 'consumed.term_ends_on') }}
            as elapsed_share,
        coalesce(first_measures.first_known_on <= consumed.as_of_date, false) as is_measured
    from consumed
    left join first_measures on consumed.account_id = first_measures.account_id

),

final as (

    select
        account_id,
        as_of_date,
        sum(consumed_units) as consumed_units,
        sum(committed_units * elapsed_share) as expected_units,
        max(elapsed_share) as elapsed_share,
        max(case when is_measured then 1 else 0 end) = 1 as is_measured
    from elapsed
    group by account_id, as_of_date

)

select * from final
