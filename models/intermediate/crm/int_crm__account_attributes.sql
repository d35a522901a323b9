with

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

versions as (

    select * from {{ ref('snap_crm__accounts') }}

),

numbered_versions as (

    select
        account_id,
        owner_id,
        segment,
        industry,
        region,
        touch_model,
        has_support_entitlement,
        {{ snapshot_span('account_id') }}
    from versions

),

{# What stood before the first version that was kept is not known: the first one stands for it. #}
final as (

    select
        numbered_versions.account_id,
        numbered_versions.owner_id,
        numbered_versions.segment,
        numbered_versions.industry,
        numbered_versions.region,
        numbered_versions.touch_model,
        numbered_versions.has_support_entitlement,
        accounts.activity_sync_enabled,
        case when numbered_versions.version_number > 1 then numbered_versions.valid_from end
            as valid_from,
        numbered_versions.valid_to
    from numbered_versions
    inner join accounts
        on numbered_versions.account_id = accounts.account_id

)

select * from final
