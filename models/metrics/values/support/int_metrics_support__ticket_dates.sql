{%- set window_days = [
    metric_parameter('sev_ticket_rate_ratio', 'window_days') | int,
    metric_parameter('first_response_ratio', 'window_days') | int,
    metric_parameter('sla_breach_rate', 'window_days') | int,
] | max -%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

span_clocks as (

    select * from {{ ref('int_metrics_support__span_clocks') }}

),

settled_tickets as (

    select
        ticket_id,
        settled_on
    from span_clocks
    where settled_on is not null

),

{# A ticket matters on a date if it is recent, or if it may still have been open then. #}
final as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.tenure_days,
        tickets.ticket_id,
        tickets.opened_at,
        tickets.opened_on,
        tickets.severity,
        tickets.ticket_type,
        tickets.has_sla,
        tickets.sla_first_response_minutes,
        tickets.sla_resolution_minutes,
        case
            when tickets.first_response_known_on <= spine.as_of_date
                then tickets.first_response_minutes
        end as first_response_minutes
    from tickets
    inner join spine
        on
            tickets.account_id = spine.account_id
            and tickets.known_on <= spine.as_of_date
            and tickets.opened_on <= spine.as_of_date
    left join settled_tickets on tickets.ticket_id = settled_tickets.ticket_id
    where
        settled_tickets.settled_on is null
        or settled_tickets.settled_on > spine.as_of_date
        or tickets.opened_on > {{ add_days('spine.as_of_date', -window_days) }}

)

select * from final
