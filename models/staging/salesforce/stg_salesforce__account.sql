with

checked as (

    {{ checked_source('salesforce', 'account') }}

),

final as (

    select
        id as account_id,
        name as account_name,
        parent_id as parent_account_id,
        owner_id,
        master_record_id,
        type as account_type,
        segment_c as segment,
        touch_model_c as touch_model,
        industry,
        billing_country,
        billing_state,
        website,
        {{ website_domain('website') }} as website_domain,
        annual_revenue,
        case when number_of_employees > 0 then number_of_employees end as employee_count,
        created_date as created_at,
        last_modified_date as last_modified_at,
        last_activity_date as last_activity_on,
        coalesce(is_deleted, false) as is_deleted,
        support_entitlement_c as has_support_entitlement,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
