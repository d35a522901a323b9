with

contacts as (

    select * from {{ ref('int_crm__contacts') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

{#
    A contact is at the account that its record would reach today, also when that one has been
    merged.
#}
final as (

    select
        contacts.contact_id,
        account_sources.account_id,
        contacts.email_domain,
        contacts.department,
        contacts.created_on,
        contacts.recorded_at,
        contacts.known_on
    from contacts
    inner join account_sources
        on
            contacts.account_id = account_sources.source_key
            and account_sources.source_system = 'salesforce'
            and {{ valid_on(as_of_date(), 'account_sources') }}

)

select * from final
