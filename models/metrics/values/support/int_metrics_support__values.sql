{{ config(materialized='incremental') }}

{#- Value, its expression, what may stand in its place, observations behind it. -#}
{%- set values = [
    (
        'sev_ticket_rate_ratio', 'sev_ticket_rate_ratio', 'rate_hint',
        'peer_ticket_rate * seat_days'
    ),
    ('first_response_ratio', 'response_ratio', 'support_hint', 'response_count'),
    ('sla_breach_rate', 'sla_breach_rate', 'support_hint', 'judged_count'),
    ('backlog_sev_age', 'severity_days', 'support_hint', 'null'),
    ('reopen_rate', 'reopen_rate', 'support_hint', 'solved_count'),
    ('escalation_load', 'escalation_load', 'support_hint', 'null'),
] -%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

clocks as (

    select * from {{ ref('int_metrics_support__clocks') }}

),

ticket_totals as (

    select * from {{ ref('int_metrics_support__ticket_totals') }}

),

reopenings as (

    select * from {{ ref('int_metrics_support__reopenings') }}

),

escalation_loads as (

    select * from {{ ref('int_metrics_support__escalation_loads') }}

),

peer_rates as (

    select * from {{ ref('int_metrics_support__peer_rates') }}

),

states as (

    select
        spine.account_id,
        spine.as_of_date,
        clocks.support_last_on,
        clocks.support_hint,
        case
            when not spine.has_support_entitlement then 'not_applicable'
            else clocks.support_hint
        end as rate_hint,
        cast(spine.seats as {{ type_double() }})
        * {{ metric_parameter('sev_ticket_rate_ratio', 'window_days') }} as seat_days,
        coalesce(peer_rates.rate, all_rates.rate) as peer_rate,
        coalesce(peer_rates.ticket_rate, all_rates.ticket_rate) as peer_ticket_rate,
        coalesce(ticket_totals.opened_weight, 0) as opened_weight,
        ticket_totals.response_ratio,
        coalesce(ticket_totals.response_count, 0) as response_count,
        coalesce(ticket_totals.judged_count, 0) as judged_count,
        ticket_totals.breached_count,
        coalesce(ticket_totals.severity_days, 0) as severity_days,
        coalesce(reopenings.solved_count, 0) as solved_count,
        reopenings.reopened_count,
        coalesce(escalation_loads.escalation_load, 0) as escalation_load
    from spine
    inner join clocks on spine.as_of_date = clocks.as_of_date
    left join peer_rates on spine.peer_segment = peer_rates.peer_group
    left join peer_rates as all_rates on all_rates.peer_group = 'all'
    left join ticket_totals
        on
            spine.account_id = ticket_totals.account_id
            and spine.as_of_date = ticket_totals.as_of_date
    left join reopenings
        on
            spine.account_id = reopenings.account_id
            and spine.as_of_date = reopenings.as_of_date
    left join escalation_loads
        on
            spine.account_id = escalation_loads.account_id
            and spine.as_of_date = escalation_loads.as_of_date

),

raw_values as (

    select
        *,
        opened_weight / nullif(seat_days, 0) / nullif(peer_rate, 0) as sev_ticket_rate_ratio,
        cast(breached_count as {{ type_double() }}) / nullif(judged_count, 0) as sla_breach_rate,
        cast(reopened_count as {{ type_double() }}) / nullif(solved_count, 0) as reopen_rate
    from states

),

final as (

    select
        account_id,
        {%- for value_id, expression, hint, sample in values %}
        cast(
            case when {{ hint }} is null then {{ expression }} end as {{ type_double() }}
        ) as {{ value_id }}_value,
        {{ hint }} as {{ value_id }}_hint,
        cast({{ sample }} as {{ type_double() }}) as {{ value_id }}_sample,
        support_last_on as {{ value_id }}_last_on,
        {%- endfor %}
        as_of_date
    from raw_values

)

select * from final
