with

judged_tickets as (

    select * from {{ ref('int_metrics_support__judged_tickets') }}

),

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

escalations as (

    select * from {{ ref('fct_escalations') }}

),

severities as (

    select * from {{ ref('sla_targets') }}

),

top_severity as (

    select min(severity) as severity from severities

),

severe_tickets as (

    select
        judged_tickets.account_id,
        judged_tickets.as_of_date,
        judged_tickets.ticket_id,
        judged_tickets.open_business_hours,
        row_number() over (
            partition by judged_tickets.account_id, judged_tickets.as_of_date
            order by
                judged_tickets.open_business_hours desc nulls last,
                judged_tickets.ticket_id asc
        ) as severe_rank
    from judged_tickets
    inner join top_severity on judged_tickets.current_severity = top_severity.severity
    where judged_tickets.is_open

),

open_escalations as (

    select
        spine.account_id,
        spine.as_of_date,
        count(*) as escalation_count,
        min(escalations.escalated_on) as escalated_on
    from escalations
    inner join spine
        on
            escalations.account_id = spine.account_id
            and escalations.known_on <= spine.as_of_date
            and escalations.escalated_on <= spine.as_of_date
    where
        escalations.escalation_level = 'executive'
        and (
            escalations.resolved_on is null
            or escalations.resolved_on > spine.as_of_date
            or escalations.resolved_known_on > spine.as_of_date
        )
    group by spine.account_id, spine.as_of_date

),

{# The clock of the service target: business hours in our hands, not those the customer took. #}
final as (

    select
        account_id,
        as_of_date,
        'oldest_sev1_open_business_hours' as signal_id,
        cast(open_business_hours as {{ type_double() }}) as signal_value,
        'severity 1 ticket ' || ticket_id as evidence
    from severe_tickets
    where severe_rank = 1
    union all
    select
        account_id,
        as_of_date,
        'executive_escalation_open' as signal_id,
        cast(1 as {{ type_double() }}) as signal_value,
        cast(escalation_count as {{ dbt.type_string() }})
        || ' open since ' || cast(escalated_on as {{ dbt.type_string() }}) as evidence
    from open_escalations

)

select * from final
