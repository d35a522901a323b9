with

changes as (

    select * from {{ ref('int_exports_crm__changes') }}
    where destination = 'hubspot'

),

final as (

    select
        account_id as salesforceaccountid,
        record_id as hs_object_id,
        health_score,
        health_low_score,
        health_high_score,
        health_score_change,
        health_override_points,
        health_band,
        health_confidence,
        health_retention_band,
        health_growth_band,
        health_attention_class,
        health_override_reason,
        health_next_action,
        health_concerns,
        health_cap_evidence,
        {{ epoch_milliseconds('health_next_action_due_on') }} as health_next_action_due_on,
        {{ epoch_milliseconds('health_override_expires_on') }} as health_override_expires_on,
        {{ epoch_milliseconds('as_of_date') }} as health_updated_on
    from changes

)

select * from final
