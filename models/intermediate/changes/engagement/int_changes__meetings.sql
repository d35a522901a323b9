with

events as (

    select * from {{ ref('stg_salesforce__event') }}

),

{# What names no account has that of its contact. A large table that is read once is not copied. #}
events_of_contacts as (

    select * from {{ ref('stg_salesforce__event') }}
    where account_id is null

),

account_links as (

    select * from {{ ref('int_changes__account_links') }}

),

moved_contacts as (

    select * from {{ ref('int_changes__contacts') }}

),

changed_events as (

    {{ landed_values(ref('stg_salesforce__event'), ['event_id']) }}

),

changes as (

    select event_id from changed_events
    union distinct
    select events.event_id
    from events
    inner join account_links
        on
            account_links.source_system = 'salesforce'
            and events.account_id = account_links.source_key
    union distinct
    select events_of_contacts.event_id
    from events_of_contacts
    inner join moved_contacts on events_of_contacts.contact_id = moved_contacts.contact_id

),

final as (

    select event_id from changes

)

select * from final
