with

incidents as (

    select * from {{ ref('stg_incident_log__incidents') }}

),

{# Nothing but the desk is known: every location is an account, and what a CRM would say is null. #}
final as (

    select
        account_id,
        min(location) as account_name,
        cast(null as varchar) as parent_account_id,
        'customer' as account_type,
        'customer' as crm_account_type,
        cast(null as varchar) as segment,
        cast(null as varchar) as industry,
        cast(null as varchar) as country,
        cast(null as varchar) as region,
        cast(null as varchar) as touch_model,
        true as has_support_entitlement,
        cast(null as varchar) as owner_id,
        cast(null as varchar) as website_domain,
        cast(null as integer) as employee_count,
        cast(min(opened_at) as date) as created_on,
        cast(null as varchar) as merged_into_account_id,
        cast(null as date) as merged_on,
        cast(null as boolean) as activity_sync_enabled,
        min(updated_at) as recorded_at,
        max(updated_at) as last_recorded_at,
        cast(min(updated_at) as date) as known_on
    from incidents
    group by account_id

)

select * from final
