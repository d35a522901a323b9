with

changes as (

    select * from {{ ref('int_exports_crm__changes') }}
    where destination = 'salesforce'

),

final as (

    select
        account_id as {{ adapter.quote('Id') }},
        health_score as {{ adapter.quote('Health_Score__c') }},
        health_low_score as {{ adapter.quote('Health_Low_Score__c') }},
        health_high_score as {{ adapter.quote('Health_High_Score__c') }},
        health_score_change as {{ adapter.quote('Health_Score_Change__c') }},
        health_override_points as {{ adapter.quote('Health_Override_Points__c') }},
        health_band as {{ adapter.quote('Health_Band__c') }},
        health_confidence as {{ adapter.quote('Health_Confidence__c') }},
        health_retention_band as {{ adapter.quote('Health_Retention_Band__c') }},
        health_growth_band as {{ adapter.quote('Health_Growth_Band__c') }},
        health_attention_class as {{ adapter.quote('Health_Attention_Class__c') }},
        health_override_reason as {{ adapter.quote('Health_Override_Reason__c') }},
        health_next_action as {{ adapter.quote('Health_Next_Action__c') }},
        health_concerns as {{ adapter.quote('Health_Concerns__c') }},
        health_cap_evidence as {{ adapter.quote('Health_Cap_Evidence__c') }},
        health_next_action_due_on as {{ adapter.quote('Health_Next_Action_Due_On__c') }},
        health_override_expires_on as {{ adapter.quote('Health_Override_Expires_On__c') }},
        as_of_date as {{ adapter.quote('Health_Updated_On__c') }}
    from changes

)

select * from final
