with

contacts as (

    select * from {{ ref('int_marketing__contacts') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

{# A contact belongs to the account that its address led to when the contact was made. #}
final as (

    select
        contacts.contact_key,
        account_sources.account_id,
        contacts.is_marketable,
        contacts.created_on,
        greatest(contacts.known_on, account_sources.known_on) as known_on
    from contacts
    inner join account_sources
        on
            account_sources.source_system = 'marketing'
            and contacts.contact_key = account_sources.source_key
            and {{ valid_on('contacts.created_on', 'account_sources') }}

)

select * from final
