with

accounts as (

    select * from {{ ref('stg_salesforce__account') }}

),

owners as (

    select * from {{ ref('stg_salesforce__user') }}

),

country_regions as (

    select * from {{ ref('country_regions') }}

),

link_overrides as (

    select * from {{ ref('account_link_overrides') }}

),

type_overrides as (

    select * from {{ ref('account_type_overrides') }}

),

{# A person may declare that two accounts of the CRM are one company before the CRM says so. #}
declared_merges as (

    select
        source_key as account_id,
        account_id as merged_into_account_id,
        valid_from as merged_on
    from link_overrides
    where
        source_system = 'salesforce'
        and source_key != account_id

),

current_type_overrides as (

    select
        type_overrides.account_id,
        type_overrides.account_type
    from type_overrides
    where {{ valid_on(as_of_date(), 'type_overrides') }}

),

described as (

    select
        accounts.account_id,
        accounts.account_name,
        accounts.parent_account_id,
        accounts.segment,
        accounts.industry,
        accounts.billing_country as country,
        country_regions.region,
        accounts.touch_model,
        accounts.has_support_entitlement,
        accounts.owner_id,
        accounts.website_domain,
        accounts.employee_count,
        owners.is_activity_sync_enabled as activity_sync_enabled,
        accounts.recorded_at,
        accounts.last_recorded_at,
        declared_merges.merged_on as declared_merge_on,
        accounts.account_type as crm_account_type,
        coalesce(current_type_overrides.account_type, accounts.account_type) as account_type,
        {{ reporting_date('accounts.created_at') }} as created_on,
        {{ known_on('accounts.created_at', 'accounts.recorded_at') }} as known_on,
        {{ known_on('accounts.last_modified_at', 'accounts.last_recorded_at') }} as last_changed_on,
        coalesce(
            declared_merges.merged_into_account_id,
            case when accounts.is_deleted then accounts.master_record_id end
        ) as merged_into_account_id,
        declared_merges.account_id is not null as is_merge_declared
    from accounts
    left join owners
        on accounts.owner_id = owners.user_id
    left join country_regions
        on lower(accounts.billing_country) = country_regions.country
    left join declared_merges
        on accounts.account_id = declared_merges.account_id
    left join current_type_overrides
        on accounts.account_id = current_type_overrides.account_id

),

final as (

    select
        account_id,
        account_name,
        parent_account_id,
        account_type,
        crm_account_type,
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
        case
            when is_merge_declared then coalesce(declared_merge_on, known_on)
            when merged_into_account_id is not null then last_changed_on
        end as merged_on,
        activity_sync_enabled,
        recorded_at,
        last_recorded_at,
        known_on
    from described

)

select * from final
