with

account_health as (

    select * from {{ ref('rpt_account_health') }}

),

final as (

    select
        account_id,
        as_of_date,
        overall_score as health_score,
        overall_low_score as health_low_score,
        overall_high_score as health_high_score,
        overall_band as health_band,
        overall_confidence as health_confidence,
        overall_score_change as health_score_change,
        retention_band,
        growth_band,
        negative_drivers as health_concerns,
        binding_gate_evidence as health_cap_evidence,
        overall_override_points as health_override_points,
        override_reason_code as health_override_reason,
        override_expires_on as health_override_expires_on
    from account_health
    where is_eligible

)

select * from final
