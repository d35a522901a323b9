with

calls_and_emails as (

    select * from {{ ref('int_changes__calls_and_emails') }}

),

meetings as (

    select * from {{ ref('int_changes__meetings') }}

),

changes as (

    select 'task-' || task_id as interaction_id
    from calls_and_emails
    union all
    select 'meeting-' || event_id as interaction_id
    from meetings

),

final as (

    select interaction_id from changes

)

select * from final
