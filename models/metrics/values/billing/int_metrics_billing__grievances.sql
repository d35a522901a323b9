with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

adjustments as (

    select * from {{ ref('fct_billing_adjustments') }}

),

adjustment_rules as (

    select * from {{ ref('adjustment_rules') }}

),

{# What we give to keep a customer is no grievance, and would give away the outcome. #}
final as (

    select
        spine.account_id,
        spine.as_of_date,
        sum(cast(coalesce({{ finite('adjustments.amount') }}, 0) as numeric(18, 4)))
            as grievance_amount
    from adjustments
    inner join adjustment_rules
        on adjustments.adjustment_type = adjustment_rules.adjustment_type
    inner join spine
        on
            adjustments.account_id = spine.account_id
            and {{ valid_on('spine.as_of_date', 'adjustments', 'known_on', 'voided_on') }}
            and {{ days_between('adjustments.adjusted_on', 'spine.as_of_date') }}
            < {{ metric_parameter('dispute_credit_share', 'window_days') }}
    where adjustment_rules.is_grievance = 1
    group by spine.account_id, spine.as_of_date

)

select * from final
