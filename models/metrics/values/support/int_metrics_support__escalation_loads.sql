{%- set window_days = metric_parameter('escalation_load', 'window_days') | int -%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

escalations as (

    select * from {{ ref('fct_escalations') }}

),

severities as (

    select * from {{ ref('sla_targets') }}

),

final as (

    select
        spine.account_id,
        spine.as_of_date,
        count(*) as escalation_count,
        sum(
            severities.severity_weight
            * {{ halving(
                days_between('escalations.escalated_on', 'spine.as_of_date'),
                metric_parameter('escalation_load', 'half_life_days')
            ) }}
        ) as escalation_load
    from escalations
    inner join spine
        on
            escalations.account_id = spine.account_id
            and escalations.known_on <= spine.as_of_date
            and escalations.escalated_on <= spine.as_of_date
            and escalations.escalated_on > {{ add_days('spine.as_of_date', -window_days) }}
    inner join severities on escalations.severity = severities.severity
    group by spine.account_id, spine.as_of_date

)

select * from final
