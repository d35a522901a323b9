{{ config(materialized='view') }}

with

subscription_versions as (

    select * from {{ ref('int_billing__subscription_versions') }}

),

term_numbers as (

    {{ number_series(setting('contract_term_limit')) }}

),

{# A month is no commitment: only a longer contract is cut at its renewals. #}
dated_terms as (

    select
        subscription_versions.subscription_id,
        subscription_versions.version_number,
        subscription_versions.starts_on,
        subscription_versions.ends_on,
        subscription_versions.known_on,
        subscription_versions.ended_known_on,
        {{ add_months(
            'subscription_versions.subscription_starts_on',
            'subscription_versions.term_months * term_numbers.series_number'
        ) }} as term_starts_on,
        {{ add_months(
            'subscription_versions.subscription_starts_on',
            'subscription_versions.term_months * (term_numbers.series_number + 1)'
        ) }} as term_ends_on
    from subscription_versions
    cross join term_numbers
    where subscription_versions.term_months > 1

),

{# A renewal that lies ahead has not happened: the open term ends with the contract, not before. #}
final as (

    select
        subscription_id,
        version_number,
        term_starts_on,
        term_ends_on,
        greatest(starts_on, term_starts_on) as starts_on,
        case
            when term_ends_on > {{ as_of_date() }} then ends_on
            else {{ earlier_end('ends_on', 'term_ends_on') }}
        end as ends_on,
        greatest(known_on, term_starts_on) as known_on,
        case
            when
                term_ends_on <= {{ as_of_date() }}
                and (ends_on is null or term_ends_on < ends_on)
                then greatest(known_on, term_ends_on)
            else ended_known_on
        end as ended_known_on
    from dated_terms
    where
        starts_on < term_ends_on
        and (term_starts_on <= starts_on or ends_on is null or term_starts_on < ends_on)
        and (term_starts_on <= starts_on or term_starts_on <= {{ as_of_date() }})
    union all
    select
        subscription_id,
        version_number,
        subscription_starts_on as term_starts_on,
        cast(null as date) as term_ends_on,
        starts_on,
        ends_on,
        known_on,
        ended_known_on
    from subscription_versions
    where coalesce(term_months, 1) <= 1

)

select * from final
