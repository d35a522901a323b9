with

headcounts as (

    select * from {{ ref('int_market__headcounts') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

{# A company may trade under several domains; the feed's largest figure is the whole of it. #}
ranked_headcounts as (

    select
        account_sources.account_id,
        headcounts.vintage_date,
        headcounts.employee_count,
        headcounts.recorded_at,
        greatest(headcounts.known_on, account_sources.known_on) as known_on,
        row_number() over (
            partition by account_sources.account_id, headcounts.vintage_date
            order by
                greatest(headcounts.known_on, account_sources.known_on) asc,
                headcounts.employee_count desc
        ) as headcount_rank
    from headcounts
    inner join account_sources
        on
            account_sources.source_system = 'market'
            and headcounts.domain = account_sources.source_key
            and {{ valid_on('headcounts.vintage_date', 'account_sources') }}

),

final as (

    select
        account_id,
        vintage_date,
        employee_count,
        recorded_at,
        known_on
    from ranked_headcounts
    where headcount_rank = 1

)

select * from final
