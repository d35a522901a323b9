{# A view for its only reader; of a carried warehouse, of the calls and e-mails that it replaces. #}
{{ config(materialized='view') }}

with

tasks as (

    select * from {{ ref('stg_salesforce__task') }}
    {{ changed_only('int_changes__calls_and_emails', 'task_id') }}

),

contacts as (

    select * from {{ ref('int_crm__contacts') }}

),

{#
    A task that is not done is a plan; only what happened is an interaction. One that names no
    account counts once its contact is known.
#}
done_tasks as (

    select
        tasks.task_id,
        coalesce(tasks.account_id, contacts.account_id) as crm_account_id,
        tasks.contact_id,
        tasks.task_subtype as interaction_type,
        tasks.direction,
        coalesce(tasks.completed_at, cast(tasks.activity_date as timestamp), tasks.created_at)
            as occurred_at,
        tasks.recorded_at,
        case when tasks.account_id is null then contacts.known_on end as contact_known_on
    from tasks
    left join contacts on tasks.contact_id = contacts.contact_id
    where
        tasks.task_subtype in ('call', 'email')
        and tasks.task_status = 'completed'

),

{# Our own e-mail is a touch only when somebody answered. #}
final as (

    select
        'task-' || task_id as interaction_id,
        crm_account_id,
        contact_id,
        interaction_type,
        interaction_type = 'call'
        or coalesce(direction in ('inbound', 'two_way'), false) as is_two_way,
        cast(null as {{ dbt.type_string() }}) as outcome,
        {{ reporting_date('occurred_at') }} as occurred_on,
        recorded_at,
        {{ later_start(known_on('occurred_at', 'recorded_at'), 'contact_known_on') }} as known_on
    from done_tasks

)

select * from final
