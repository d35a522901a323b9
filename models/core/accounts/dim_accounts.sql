with

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

final as (

    select
        account_id,
        account_name,
        parent_account_id,
        account_type,
        segment,
        industry,
        country,
        region,
        touch_model,
        has_support_entitlement,
        owner_id,
        website_domain,
        employee_count,
        created_on,
        merged_into_account_id,
        merged_on,
        activity_sync_enabled,
        recorded_at,
        known_on
    from accounts

)

select * from final
