with

contact_roles as (

    select * from {{ ref('int_success__contact_roles') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        contact_roles.contact_role_id,
        account_sources.account_id,
        contact_roles.contact_id,
        contact_roles.contact_role,
        contact_roles.valid_from,
        contact_roles.valid_to,
        contact_roles.has_departed,
        contact_roles.recorded_at,
        greatest(contact_roles.known_on, account_sources.known_on) as known_on,
        contact_roles.ended_known_on
    from contact_roles
    inner join account_sources
        on
            account_sources.source_system = 'salesforce'
            and contact_roles.crm_account_id = account_sources.source_key
            and {{ valid_on('contact_roles.valid_from', 'account_sources') }}

)

select * from final
