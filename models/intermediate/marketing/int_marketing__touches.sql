{# A view for its only reader; of a carried warehouse, of the messages that it replaces. #}
{{ config(materialized='view') }}

with

email_events as (

    select * from {{ ref('stg_marketing__email_event') }}
    {{ changed_only('int_changes__marketing_events', 'email_event_id') }}

),

human_clicks as (

    select * from {{ ref('int_marketing__human_clicks') }}
    {{ changed_only('int_changes__marketing_events', 'email_event_id') }}

),

status_changes as (

    select * from {{ ref('stg_marketing__email_event_status_change') }}

),

event_attendances as (

    select * from {{ ref('stg_marketing__event_attendance') }}

),

touches as (

    select
        email_event_id as source_id,
        email_hash,
        'delivered' as touch_type,
        created_at as touched_at,
        recorded_at
    from email_events
    where event_type = 'delivered'
    union all
    select
        email_event_id as source_id,
        email_hash,
        'human_click' as touch_type,
        created_at as touched_at,
        recorded_at
    from human_clicks
    union all
    select
        email_events.email_event_id as source_id,
        email_events.email_hash,
        'opt_out' as touch_type,
        email_events.created_at as touched_at,
        email_events.recorded_at
    from email_events
    left join status_changes on email_events.email_event_id = status_changes.email_event_id
    where
        email_events.event_type = 'statuschange'
        and coalesce(status_changes.subscription_status, 'unsubscribed')
        = 'unsubscribed'
    union all
    {# Registration is not attendance. #}
    select
        event_attendance_id as source_id,
        email_hash,
        'participation' as touch_type,
        attended_at as touched_at,
        recorded_at
    from event_attendances
    where attended_at is not null

),

final as (

    select
        touch_type || '-' || source_id as marketing_touch_id,
        email_hash as contact_key,
        touch_type,
        {{ reporting_date('touched_at') }} as touched_on,
        recorded_at,
        {{ known_on('touched_at', 'recorded_at') }} as known_on
    from touches
    where email_hash is not null

)

select * from final
