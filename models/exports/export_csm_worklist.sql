with

account_actions as (

    select * from {{ ref('rpt_account_actions') }}
    where is_next_action

),

account_health as (

    select * from {{ ref('rpt_account_health') }}

),

churn_risks as (

    select * from {{ ref('fct_account_churn_risks') }}
    where is_current

),

attention_classes as (

    select * from {{ ref('attention_classes') }}

),

{# Whoever acts, the owner of the account sees what is done for it. The accounts of one owner come
   in the order of their class, and within it by what an hour is worth. #}
numbered as (

    select
        account_actions.*,
        account_health.owner_id as account_owner_id,
        row_number() over (
            partition by account_health.owner_id
            order by
                attention_classes.class_rank asc,
                round(account_actions.value_per_hour, {{ score_digits() }}) desc nulls last,
                account_actions.account_id asc
        ) as account_rank
    from account_actions
    inner join account_health on account_actions.account_id = account_health.account_id
    inner join attention_classes
        on account_actions.attention_class = attention_classes.attention_class

),

final as (

    select
        numbered.account_id,
        account_health.account_name,
        numbered.as_of_date,
        numbered.account_owner_id as owner_id,
        cast(numbered.account_rank as integer) as owner_rank,
        numbered.attention_class,
        numbered.play_name as next_action,
        numbered.owner_role as next_action_owner_role,
        numbered.due_on as next_action_due_on,
        numbered.under_way_since as next_action_under_way_since,
        numbered.is_overdue,
        numbered.driver_metric_name as driver,
        numbered.cause,
        numbered.exit_rule,
        numbered.expected_effect,
        numbered.effort_hours,
        numbered.value_per_hour,
        numbered.is_within_capacity,
        churn_risks.arr,
        churn_risks.expected_loss,
        account_health.renewal_on,
        account_health.overall_band as health_band,
        account_health.overall_score as health_score,
        account_health.overall_score_change as health_score_change,
        account_health.negative_drivers as health_concerns,
        account_health.binding_gate_evidence as health_cap_evidence,
        account_health.overall_override_points as health_override_points,
        account_health.override_reason_code as health_override_reason,
        account_health.override_expires_on as health_override_expires_on
    from numbered
    inner join account_health on numbered.account_id = account_health.account_id
    left join churn_risks on numbered.account_id = churn_risks.account_id

)

select * from final
