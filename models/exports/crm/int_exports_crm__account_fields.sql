with

accounts as (

    select * from {{ ref('dim_accounts') }}

),

account_health as (

    select * from {{ ref('rpt_account_health') }}
    where is_eligible

),

account_attention as (

    select * from {{ ref('rpt_account_attention') }}

),

export_settings as (

    select * from {{ ref('export_settings') }}
    where is_published

),

{# Every account has its fields. Those of an account that is not scored are empty, so that a score
   that no longer holds is taken out of the CRM. A merged account is no record there any more. #}
described as (

    select
        accounts.account_id,
        account_health.overall_score as health_score,
        account_health.overall_low_score as health_low_score,
        account_health.overall_high_score as health_high_score,
        account_health.overall_score_change as health_score_change,
        account_health.overall_override_points as health_override_points,
        account_health.overall_band as health_band,
        account_health.overall_confidence as health_confidence,
        account_health.retention_band as health_retention_band,
        account_health.growth_band as health_growth_band,
        account_attention.attention_class as health_attention_class,
        account_health.override_reason_code as health_override_reason,
        account_attention.next_play_name as health_next_action,
        account_health.negative_drivers as health_concerns,
        account_health.binding_gate_evidence as health_cap_evidence,
        account_attention.due_on as health_next_action_due_on,
        account_health.override_expires_on as health_override_expires_on,
        export_settings.text_length
    from accounts
    cross join export_settings
    left join account_health on accounts.account_id = account_health.account_id
    left join account_attention on accounts.account_id = account_attention.account_id
    where accounts.merged_into_account_id is null

),

final as (

    select
        {%- for field in crm_health_fields() %}
        {{ crm_field_value(field.name, field.kind, 'text_length') }} as {{ field.name }},
        {%- endfor %}
        account_id
    from described

)

select * from final
