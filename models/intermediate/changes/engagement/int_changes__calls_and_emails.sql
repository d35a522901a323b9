with

tasks as (

    select * from {{ ref('stg_salesforce__task') }}

),

{# What names no account has that of its contact. A large table that is read once is not copied. #}
tasks_of_contacts as (

    select * from {{ ref('stg_salesforce__task') }}
    where account_id is null

),

account_links as (

    select * from {{ ref('int_changes__account_links') }}

),

moved_contacts as (

    select * from {{ ref('int_changes__contacts') }}

),

changed_tasks as (

    {{ landed_values(ref('stg_salesforce__task'), ['task_id']) }}

),

changes as (

    select task_id from changed_tasks
    union distinct
    select tasks.task_id
    from tasks
    inner join account_links
        on
            account_links.source_system = 'salesforce'
            and tasks.account_id = account_links.source_key
    union distinct
    select tasks_of_contacts.task_id
    from tasks_of_contacts
    inner join moved_contacts on tasks_of_contacts.contact_id = moved_contacts.contact_id

),

final as (

    select task_id from changes

)

select * from final
