with

contacts as (

    select * from {{ ref('int_crm__contacts') }}

),

account_links as (

    select * from {{ ref('int_changes__account_links') }}

),

changed_contacts as (

    {{ changed_rows(
        ref('int_crm__contacts'), ['contact_id'], ['contact_id', 'account_id', 'known_on']
    ) }}

),

changes as (

    select contact_id from changed_contacts
    union distinct
    select contacts.contact_id
    from contacts
    inner join account_links
        on
            account_links.source_system = 'salesforce'
            and contacts.account_id = account_links.source_key

),

final as (

    select contact_id from changes

)

select * from final
