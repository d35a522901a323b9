with

tasks as (

    select * from {{ ref('stg_salesforce__task') }}

),

events as (

    select * from {{ ref('stg_salesforce__event') }}

),

contacts as (

    select * from {{ ref('int_crm__contacts') }}

),

account_links as (

    select * from {{ ref('int_changes__account_links') }}

),

changed_tasks as (

    {{ landed_values(ref('stg_salesforce__task'), ['task_id']) }}

),

changed_events as (

    {{ landed_values(ref('stg_salesforce__event'), ['event_id']) }}

),

changed_contacts as (

    {{ changed_rows(
        ref('int_crm__contacts'), ['contact_id'], ['contact_id', 'account_id', 'known_on']
    ) }}

),

changed_accounts as (

    select source_key as account_id
    from account_links
    where source_system = 'salesforce'

),

{# What names no account has that of its contact. #}
moved_contacts as (

    select contact_id from changed_contacts
    union distinct
    select contacts.contact_id
    from contacts
    inner join changed_accounts on contacts.account_id = changed_accounts.account_id

),

tasks_again as (

    select task_id from changed_tasks
    union distinct
    select tasks.task_id
    from tasks
    inner join changed_accounts on tasks.account_id = changed_accounts.account_id
    union distinct
    select tasks.task_id
    from tasks
    inner join moved_contacts on tasks.contact_id = moved_contacts.contact_id
    where tasks.account_id is null

),

events_again as (

    select event_id from changed_events
    union distinct
    select events.event_id
    from events
    inner join changed_accounts on events.account_id = changed_accounts.account_id
    union distinct
    select events.event_id
    from events
    inner join moved_contacts on events.contact_id = moved_contacts.contact_id
    where events.account_id is null

),

changes as (

    select
        'task-' || task_id as interaction_id,
        task_id,
        null as event_id
    from tasks_again
    union all
    select
        'meeting-' || event_id as interaction_id,
        null as task_id,
        event_id
    from events_again

),

final as (

    select
        interaction_id,
        task_id,
        event_id
    from changes

)

select * from final
