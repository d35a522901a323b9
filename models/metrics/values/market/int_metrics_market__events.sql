with

external_events as (

    select * from {{ ref('fct_external_events') }}

),

headcounts as (

    select * from {{ ref('fct_headcounts') }}

),

mentions as (

    select * from {{ ref('fct_mentions') }}

),

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

grid_spans as (

    select * from {{ ref('int_metrics_affected__grid_spans') }}

),

{# Whoever is in one of the market feeds is watched: for others, no event proves nothing. A
   judgement about an industry is such a sign while it acts. #}
sightings as (

    select
        account_id,
        known_on,
        expires_on
    from external_events
    union distinct
    select
        account_id,
        known_on,
        null as expires_on
    from headcounts
    union distinct
    select
        account_id,
        known_on,
        null as expires_on
    from mentions

),

last_sightings as (

    select
        account_id,
        known_on,
        expires_on,
        lead(known_on) over (
            partition by account_id, expires_on order by known_on nulls last
        ) as next_on
    from sightings

),

facts as (

    select
        account_id,
        known_on as starts_on,
        {{ earlier_end(
            'expires_on',
            add_days('event_on', metric_parameter('external_event_load', 'window_days') | int)
        ) }} as ends_on,
        cast(null as date) as seen_on,
        event_on,
        event_type,
        {{ finite('severity_points') }} as severity_points
    from external_events
    union all
    select
        account_id,
        known_on as starts_on,
        {{ earlier_end(
            earlier_end('expires_on', 'next_on'),
            add_days('known_on', metric_parameter('external_event_load', 'coverage_days') | int)
        ) }} as ends_on,
        known_on as seen_on,
        null as event_on,
        null as event_type,
        null as severity_points
    from last_sightings

),

lasting_facts as (

    select * from facts
    {{ affected_since('account_id', 'coalesce(ends_on, ' ~ latest_date() ~ ')') }}

),

facts_by_date as (

    select
        lasting_facts.account_id,
        grid_spans.as_of_date,
        lasting_facts.seen_on,
        lasting_facts.event_on,
        lasting_facts.event_type,
        lasting_facts.severity_points,
        {{ days_between('lasting_facts.event_on', 'grid_spans.as_of_date') }} as event_age
    from lasting_facts
    inner join grid_days as start_days
        on {{ counted_on('lasting_facts.starts_on') }} = start_days.calendar_date
    left join grid_days as end_days on lasting_facts.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number

),

final as (

    select
        account_id,
        as_of_date,
        max(seen_on) as last_seen_on,
        {{ exact_sum(
            'severity_points * '
            ~ halving('event_age', metric_parameter('external_event_load', 'half_life_days'))
        ) }} as event_load,
        max(event_on) filter (
            where event_type in ('insolvency', 'acquired')
            and event_age < {{ metric_parameter('insolvency_or_acquisition', 'window_days') }}
        ) as last_ownership_event_on
    from facts_by_date
    group by account_id, as_of_date

)

select * from final
