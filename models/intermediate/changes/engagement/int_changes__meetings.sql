with

events as (

    select * from {{ ref('stg_salesforce__event') }}

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

{# What names no account has that of its contact. #}
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
    select events.event_id
    from events
    inner join moved_contacts on events.contact_id = moved_contacts.contact_id
    where events.account_id is null

),

final as (

    select event_id from changes

)

select * from final
